import { dropEmptyColumns, type SparseMatrix, transposeSparse } from './sparse-matrix.ts';
import { subspaceIteration } from './subspace-iteration.ts';
import { sparseOperator } from './tall-operator.ts';

export interface SparseSvd {
  /** rows × dimensions, row-major: U · S, the coordinates of the rows. */
  readonly vectors: Float32Array;
  /** dimensions, descending; 0 past the rank. */
  readonly singularValues: Float32Array;
  /** dimensions × columns, row-major: Vᵀ, unit rows; zero past the rank. */
  readonly components: Float32Array;
}

/**
 * Truncated singular value decomposition of a sparse matrix, not centered; see `subspaceIteration` for the method. Iterates on the
 * shorter side; empty columns cost nothing. Sign: the largest entry of each unit vector of the shorter side is positive.
 */
export function sparseSvd(
  matrix: SparseMatrix,
  dimensions: number,
  seed: number,
  iterations: number,
): SparseSvd {
  const { matrix: used, kept } = dropEmptyColumns(matrix);
  const components = new Float32Array(dimensions * matrix.columns);
  const rowsShort = used.rows < used.columns;
  const tall = sparseOperator(rowsShort ? transposeSparse(used) : used);
  const { directions, projections, singularValues } = subspaceIteration(
    tall,
    dimensions,
    seed,
    iterations,
  );
  const loadings = rowsShort ? projections : directions;
  for (let column = 0; column < kept.length; column++)
    for (let j = 0; j < dimensions; j++) {
      const singular = singularValues[j]!;
      if (singular === 0) continue;
      const loading = loadings[column * dimensions + j]!;
      components[j * matrix.columns + kept[column]!] = rowsShort ? loading / singular : loading;
    }
  if (!rowsShort) return { vectors: projections, singularValues, components };
  const vectors = directions.map((value, at) => value * singularValues[at % dimensions]!);
  return { vectors, singularValues, components };
}
