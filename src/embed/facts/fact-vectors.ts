import type { Embedding } from '../../contract/embedder.ts';
import type { FactColumn, FactRole } from '../../contract/fact.ts';
import type { Failure } from '../../contract/failure.ts';
import type { SparseMatrix } from '../../numeric/numeric.ts';
import { latentVectors } from '../latent-vectors.ts';
import { unitRows } from '../unit-rows.ts';

/** As good as all columns on labeled failures, and small enough for any number of rows. */
const DIMENSIONS = 64;

/**
 * How much a fact says when two runs are compared, beside the weight of its kind. What detectors say counts most, then
 * what went wrong by its form; the wording of an answer also follows its topic.
 */
const ROLE_FACTOR: Readonly<Record<FactRole, number>> = {
  signal: 3,
  form: 1.5,
  act: 1,
  speech: 0.5,
  size: 0,
  cause: 0,
};
/** A category that a detector found. */
const CATEGORY = 3;

/**
 * What the runs did, what came back, how they ended, and what detectors say of them, as vectors: the cosine of two rows
 * says how many telling facts they share. Facts of fewer than 3 rows or 1% of them, or of all, are left out.
 * Rows of length 1, or 0 without such a fact.
 */
export function factVectors(
  failures: readonly Failure[],
  columns: ReadonlyMap<number, FactColumn>,
): Embedding {
  const matrix = weighted(failures, columns);
  const dimensions = Math.max(1, Math.min(DIMENSIONS, matrix.rows, matrix.columns));
  const vectors = latentVectors(matrix, dimensions);
  unitRows(vectors, dimensions);
  return { vectors, dimensions, truncated: 0 };
}

function weighted(
  failures: readonly Failure[],
  columns: ReadonlyMap<number, FactColumn>,
): SparseMatrix {
  const rows = failures.length;
  const held = failures.map((failure) => weightsOf(failure, columns));
  const support = new Map<string, number>();
  for (const row of held)
    for (const key of row.keys()) support.set(key, (support.get(key) ?? 0) + 1);
  const least = Math.max(3, Math.ceil(rows / 100));
  const shared = [...support].filter(([, count]) => count >= least && count < rows);
  const columnOf = new Map(
    shared
      .map(([key]) => key)
      .sort()
      .map((key, column) => [key, column]),
  );
  const offsets = new Int32Array(rows + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (const [row, weights] of held.entries()) {
    const own = [...weights].filter(([key]) => columnOf.has(key));
    const length = Math.hypot(...own.map(([, weight]) => weight)) || 1;
    for (const [key, weight] of own) {
      indices.push(columnOf.get(key)!);
      values.push(weight / length);
    }
    offsets[row + 1] = indices.length;
  }
  return {
    rows,
    columns: columnOf.size,
    offsets,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}

/** Weights of what is so of a failure, by key. */
function weightsOf(
  { facts, signals }: Failure,
  columns: ReadonlyMap<number, FactColumn>,
): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const id of facts.facts) {
    const column = columns.get(id);
    if (column === undefined || !column.grouped) continue;
    const weight = column.weight * ROLE_FACTOR[column.role];
    if (weight > 0) weights.set(column.key, weight);
  }
  for (const { category } of signals)
    if (category !== null) weights.set(`category ${category}`, CATEGORY);
  return weights;
}
