import { logisticRegression } from '../numeric/numeric.ts';
import { type Design, designOf } from './design.ts';
import { foldsOf } from './folds.ts';
import type { LearnRow } from './learn-row.ts';

/** How a model is fitted; cross-validation chooses. */
export interface Recipe {
  readonly penalty: number;
  readonly vectors: boolean;
}

/** A linear model on the columns of a design. */
export interface Fit {
  readonly intercept: number;
  readonly coefficients: Float64Array;
}

/** Rows with everything that recipes need of them, made once. */
export interface LearnTable {
  readonly rows: readonly LearnRow[];
  readonly labels: Uint8Array;
  readonly plain: Design;
  /** Null where there are no vectors. */
  readonly full: Design | null;
}

/** Found on the train half of open failure data (docs/learn.md), as are the constants below and those of the design. */
const PENALTIES = [10, 30, 100, 300];
/** The rules' own column is shrunk less: where labels say little, the model falls back to the rules. */
const RULES_PENALTY = 0.1;
const FOLDS = 5;

export function tableOf(rows: readonly LearnRow[]): LearnTable {
  const hasVectors = rows.every(({ vector }) => vector !== null);
  return {
    rows,
    labels: Uint8Array.from(rows, ({ failed }) => Number(failed)),
    plain: designOf(rows, false),
    full: hasVectors ? designOf(rows, true) : null,
  };
}

const designFor = ({ plain, full }: LearnTable, { vectors }: Recipe): Design =>
  vectors ? full! : plain;

export function fitRecipe(table: LearnTable, at: ArrayLike<number>, recipe: Recipe): Fit {
  const design = designFor(table, recipe);
  const { columns, values, figures } = design;
  const rows = new Float64Array(at.length * columns);
  const labels = new Uint8Array(at.length);
  for (let row = 0; row < at.length; row++) {
    const from = at[row]!;
    rows.set(values.subarray(from * columns, (from + 1) * columns), row * columns);
    labels[row] = table.labels[from]!;
  }
  const penalty = Float64Array.from({ length: columns }, (_, column) => {
    const figure = figures[column];
    return recipe.penalty * (figure?.name === 'rules' ? RULES_PENALTY : 1);
  });
  return logisticRegression(rows, labels, { columns, penalty });
}

/** The sum of a row before it is made a probability. */
export function sumOf(table: LearnTable, row: number, recipe: Recipe, fit: Fit): number {
  const { columns, values } = designFor(table, recipe);
  let sum = fit.intercept;
  for (let column = 0; column < columns; column++)
    sum += values[row * columns + column]! * fit.coefficients[column]!;
  return sum;
}

/** Log odds of one class at most, for folds that lack one. */
const constant = (table: LearnTable, at: readonly number[], columns: number): Fit => {
  const failed = at.reduce((sum, row) => sum + table.labels[row]!, 0);
  return {
    intercept: Math.log((failed + 1) / (at.length - failed + 1)),
    coefficients: new Float64Array(columns),
  };
};

export const fitOrConstant = (table: LearnTable, at: readonly number[], recipe: Recipe): Fit => {
  const failed = at.reduce((sum, row) => sum + table.labels[row]!, 0);
  return failed === 0 || failed === at.length
    ? constant(table, at, designFor(table, recipe).columns)
    : fitRecipe(table, at, recipe);
};

/** Sums of rows under models that were fitted without their task; one for each of `at`. */
function outOfFold(
  table: LearnTable,
  at: readonly number[],
  recipe: Recipe,
  seed: number,
): Float64Array {
  const sums = new Float64Array(at.length);
  const folds = foldsOf(
    at.map((row) => table.rows[row]!),
    FOLDS,
    seed,
  );
  for (let fold = 0; fold < FOLDS; fold++) {
    const fit = fitOrConstant(
      table,
      at.filter((_, index) => folds[index] !== fold),
      recipe,
    );
    for (const [index, row] of at.entries())
      if (folds[index] === fold) sums[index] = sumOf(table, row, recipe, fit);
  }
  return sums;
}

/** What cross-validation chose, and the sums out of fold under it. */
export interface Choice {
  readonly recipe: Recipe;
  readonly sums: Float64Array;
}

/** The recipe with the least log loss out of fold; vectors only where they lower it by a standard error. */
export function choose(table: LearnTable, at: readonly number[], seed: number): Choice {
  const best = (vectors: boolean) =>
    PENALTIES.map((penalty) => {
      const recipe = { penalty, vectors };
      const sums = outOfFold(table, at, recipe, seed);
      return { recipe, sums, losses: lossesOf(table, at, sums) };
    }).reduce((a, b) => (total(b.losses) < total(a.losses) ? b : a));
  const plain = best(false);
  if (table.full === null) return plain;
  const full = best(true);
  const gains = plain.losses.map((loss, index) => loss - full.losses[index]!);
  const mean = total(gains) / gains.length;
  const spread = Math.sqrt(
    total(gains.map((gain) => (gain - mean) ** 2)) / Math.max(1, gains.length - 1) / gains.length,
  );
  return mean > spread ? full : plain;
}

const lossesOf = (table: LearnTable, at: readonly number[], sums: Float64Array): number[] =>
  at.map((row, index) => {
    const z = table.labels[row] === 1 ? -sums[index]! : sums[index]!;
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  });

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
