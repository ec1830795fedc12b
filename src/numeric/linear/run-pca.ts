import { checkInteger, checkPoints } from '../checks.ts';
import { type PrincipalComponents, principalComponents } from './pca.ts';

export interface PcaOptions {
  readonly dimensions: number;
  /** Axes wanted; those past the rank are zero. */
  readonly components: number;
  readonly seed: number;
  /** Passes of subspace iteration; default 4. */
  readonly iterations?: number;
}

export function runPca(points: Float32Array, options: PcaOptions): PrincipalComponents {
  const n = checkPoints(points, options.dimensions);
  const iterations = options.iterations ?? 4;
  checkInteger('components', options.components, 1);
  checkInteger('seed', options.seed, 0);
  checkInteger('iterations', iterations, 0);
  const { dimensions, components, seed } = options;
  return principalComponents(points, n, dimensions, components, seed, iterations);
}
