import { subspaceIteration } from './subspace-iteration.ts';
import { centeredOperator } from './tall-operator.ts';

export interface PrincipalComponents {
  /** dimensions of the points. */
  readonly mean: Float32Array;
  /** components × dimensions, row-major: unit rows, most variance first; zero past the rank. */
  readonly axes: Float32Array;
  /** Variance along each axis (divided by n − 1). */
  readonly variances: Float32Array;
  /** n × components, row-major: the points on the axes. */
  readonly coordinates: Float32Array;
}

/**
 * Principal component analysis: singular vectors of the centred points; see `subspaceIteration` for method, cost and accuracy.
 * Sign: the largest entry of each axis is positive. Deterministic for a seed.
 */
export function principalComponents(
  points: Float32Array,
  n: number,
  dim: number,
  components: number,
  seed: number,
  iterations: number,
): PrincipalComponents {
  const mean = new Float64Array(dim);
  for (let at = 0; at < points.length; at++) mean[at % dim]! += points[at]!;
  for (let i = 0; i < dim; i++) mean[i]! /= Math.max(n, 1);
  const { directions, projections, singularValues } = subspaceIteration(
    centeredOperator(points, n, dim, mean),
    components,
    seed,
    iterations,
  );
  const axes = new Float32Array(components * dim);
  for (let i = 0; i < dim; i++)
    for (let j = 0; j < components; j++) axes[j * dim + i] = directions[i * components + j]!;
  const variances = singularValues.map((value) => (n > 1 ? value ** 2 / (n - 1) : 0));
  return { mean: Float32Array.from(mean), axes, variances, coordinates: projections };
}
