import type { LabelSource, LearnedCard } from '../contract/learned-model.ts';
import { calibrationError } from '../numeric/statistics/calibration-error.ts';
import { compareCurves } from './bootstrap.ts';
import { type Bounds, callOf } from './bounds.ts';
import type { Recipe } from './fit.ts';
import type { LearnRow } from './learn-row.ts';

interface CardInput {
  readonly rows: readonly LearnRow[];
  /** Out of fold. */
  readonly probabilities: Float64Array;
  readonly bounds: Bounds | null;
  readonly recipe: Recipe;
  readonly source: LabelSource;
  readonly seed: number;
}

/** Labels from which a model is no longer on trial. */
const STEADY = 100;

export function cardOf({
  rows,
  probabilities,
  bounds,
  recipe,
  source,
  seed,
}: CardInput): LearnedCard {
  const flagged = rows.map(({ figures }) => figures['rules'] === 1);
  const { model, rules, gain } = compareCurves(rows, probabilities, flagged.map(Number), seed);
  const labels = rows.map(({ failed }) => Number(failed));
  const failed = count(labels, (label) => label === 1);
  const hits = count(flagged, (flag, row) => flag && rows[row]!.failed);
  const flags = count(flagged, (flag) => flag);
  const precision = flags === 0 ? null : hits / flags;
  const isBetter = gain.interval[0] > 0;
  return {
    state: isBetter ? (rows.length < STEADY ? 'on_trial' : 'in_use') : 'no_saving',
    source,
    labels: rows.length,
    failed,
    tasks: new Set(rows.map(({ task }) => task)).size,
    curve: model,
    rules: { curve: rules, precision, recall: hits / failed },
    gain,
    recall: precision === null ? null : recallAt(precision, probabilities, rows),
    calibration: calibrationError(probabilities, labels, seed),
    cascade: bounds === null ? null : cascadeOf(rows, probabilities, bounds),
    agreement:
      source.kind === 'judge'
        ? count(labels, (label, row) => label === Number(probabilities[row]! >= 0.5)) / rows.length
        : null,
    vectors: recipe.vectors,
    penalty: recipe.penalty,
  };
}

/** The greatest share of the failed that can be flagged at this precision or better. */
function recallAt(precision: number, p: Float64Array, rows: readonly LearnRow[]): number {
  const order = [...rows.keys()].sort((a, b) => p[b]! - p[a]!);
  let hits = 0;
  let most = 0;
  for (const [index, row] of order.entries()) {
    hits += Number(rows[row]!.failed);
    const next = order[index + 1];
    const isTied = next !== undefined && p[next] === p[row];
    if (!isTied && hits / (index + 1) >= precision) most = hits;
  }
  return most / rows.filter(({ failed }) => failed).length;
}

function cascadeOf(
  rows: readonly LearnRow[],
  p: Float64Array,
  bounds: Bounds,
): LearnedCard['cascade'] {
  const calls = rows.map((_, row) => callOf(p[row]!, bounds));
  const suspect = count(calls, (call) => call === 'suspect');
  const sound = count(calls, (call) => call === 'sound');
  const failed = count(rows, (row) => row.failed);
  const hits = count(calls, (call, row) => call === 'suspect' && rows[row]!.failed);
  const missed = count(calls, (call, row) => call === 'sound' && rows[row]!.failed);
  return {
    decided: (suspect + sound) / rows.length,
    suspect: suspect / rows.length,
    precision: suspect === 0 ? null : hits / suspect,
    recall: hits / failed,
    missed: missed / failed,
  };
}

const count = <Item>(
  items: readonly Item[],
  isCounted: (item: Item, index: number) => boolean,
): number => items.filter(isCounted).length;
