import { permutation, seedRandom } from '../random/random.ts';
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
 * Principal component analysis: singular vectors of the centered points; see `subspaceIteration` for method, cost and accuracy.
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

/**
 * Coordinates of all points on axes fitted to a seeded sample of `sampleSize` of them (all, when there are fewer): n × components.
 * For the initial positions of maps, where small errors of the axes do not matter but a pass over a million points does.
 */
export function sampledCoordinates(
  points: Float32Array,
  n: number,
  dim: number,
  components: number,
  seed: number,
  sampleSize: number,
): Float32Array {
  if (n <= sampleSize) return principalComponents(points, n, dim, components, seed, 4).coordinates;
  const sample = new Float32Array(sampleSize * dim);
  permutation(n, seedRandom(seed))
    .subarray(0, sampleSize)
    .forEach((point, row) => {
      sample.set(points.subarray(point * dim, (point + 1) * dim), row * dim);
    });
  const { mean, axes } = principalComponents(sample, sampleSize, dim, components, seed, 4);
  const coordinates = new Float32Array(n * components);
  for (let point = 0; point < n; point++)
    for (let j = 0; j < components; j++) {
      let sum = 0;
      for (let i = 0; i < dim; i++)
        sum += (points[point * dim + i]! - mean[i]!) * axes[j * dim + i]!;
      coordinates[point * components + j] = sum;
    }
  return coordinates;
}
