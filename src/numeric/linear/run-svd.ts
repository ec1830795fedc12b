import { checkInteger } from '../checks.ts';
import { checkSparse } from './check-sparse.ts';
import type { SparseMatrix } from './sparse-matrix.ts';
import { type SparseSvd, sparseSvd } from './sparse-svd.ts';

export interface SvdOptions {
  readonly dimensions: number;
  readonly seed: number;
  /** Passes of subspace iteration; default 4. More where singular values fall slowly and digits matter. */
  readonly iterations?: number;
}

export function runSvd(matrix: SparseMatrix, options: SvdOptions): SparseSvd {
  checkSparse(matrix);
  checkInteger('dimensions', options.dimensions, 1);
  checkInteger('seed', options.seed, 0);
  const iterations = options.iterations ?? 4;
  checkInteger('iterations', iterations, 0);
  return sparseSvd(matrix, options.dimensions, options.seed, iterations);
}
