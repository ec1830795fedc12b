import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { nextBelow, type RandomState } from '../random/random.ts';
import { toUnitRows } from './unit-rows.ts';

/**
 * Refines starting centroids in place by random batches: each point of a batch pulls its nearest centroid by one part in the
 * number of points that centroid has met. Costs n · k distances, one pass' worth of draws.
 * Deterministic for a state. Origin: Sculley 2010, "Web-scale k-means clustering".
 */
export function miniBatchCentroids(
  points: Float32Array,
  n: number,
  dim: number,
  centroids: Float32Array,
  k: number,
  batchSize: number,
  spherical: boolean,
  random: RandomState,
): void {
  const met = new Float64Array(k).fill(1);
  const batch = new Int32Array(batchSize);
  const nearest = new Int32Array(batchSize);
  const batches = Math.ceil(n / batchSize);
  for (let round = 0; round < batches; round++) {
    for (let draw = 0; draw < batchSize; draw++) {
      batch[draw] = nextBelow(random, n);
      nearest[draw] = nearestCentroid(points, batch[draw]!, dim, centroids, k);
    }
    for (let draw = 0; draw < batchSize; draw++) {
      const centroid = nearest[draw]!;
      met[centroid]! += 1;
      const rate = 1 / met[centroid]!;
      const from = batch[draw]! * dim;
      const to = centroid * dim;
      for (let i = 0; i < dim; i++)
        centroids[to + i]! += rate * (points[from + i]! - centroids[to + i]!);
    }
    if (spherical) toUnitRows(centroids, k, dim);
  }
}

function nearestCentroid(
  points: Float32Array,
  point: number,
  dim: number,
  centroids: Float32Array,
  k: number,
): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let centroid = 0; centroid < k; centroid++) {
    const squared = squaredEuclidean(points, point, centroids, centroid, dim);
    if (squared < least) {
      least = squared;
      nearest = centroid;
    }
  }
  return nearest;
}
