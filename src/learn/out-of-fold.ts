import { calibrate, probability } from './calibration.ts';
import { choose, fitOrConstant, type LearnTable, sumOf } from './fit.ts';
import { foldsOf } from './folds.ts';

const FOLDS = 10;

/**
 * The probability of each row by a model that saw no row of its task: recipe, weights and calibration are chosen anew
 * in each of ten folds, so that the figures on the card hold for the way in which the model was made.
 */
export function honestProbabilities(table: LearnTable, seed: number): Float64Array {
  const found = new Float64Array(table.rows.length);
  const folds = foldsOf(table.rows, FOLDS, seed);
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = [...folds.keys()].filter((row) => folds[row] === fold);
    if (held.length === 0) continue;
    const others = [...folds.keys()].filter((row) => folds[row] !== fold);
    const { recipe, sums } = choose(table, others, seed + 1 + fold);
    const fit = fitOrConstant(table, others, recipe);
    const calibration = calibrate(
      sums,
      Uint8Array.from(others, (row) => table.labels[row]!),
    );
    for (const row of held) found[row] = probability(calibration, sumOf(table, row, recipe, fit));
  }
  return found;
}
