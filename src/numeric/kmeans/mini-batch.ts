import { nextBelow, type RandomState } from '../random/random.ts';
import { openCentroidKernel } from '../wasm/nearest-centroid.ts';
import { type PlacedCentroids, placeCentroids } from '../wasm/placed-centroids.ts';
import { placeCentres, placedCentres } from './assign.ts';
import { toUnitRows } from './unit-rows.ts';

/**
 * Refines k × dim starting centroids in place by random batches: each point of a batch pulls its nearest centroid by 1 / m, where m
 * is the number of points that this centroid has attracted so far. Costs n · k distances: as many draws as a full pass has points.
 * Deterministic for a state. Origin: Sculley 2010, "Web-scale k-means clustering".
 */
export function miniBatchCentroids(
  { rows, n, dim, stride, k }: PlacedCentroids,
  start: Float32Array,
  batchSize: number,
  spherical: boolean,
  random: RandomState,
): void {
  const met = new Float64Array(k).fill(1);
  const batch = placeCentroids(new Float32Array(batchSize * dim), batchSize, dim, k, 1, false);
  const kernel = openCentroidKernel(batch, 0);
  placeCentres(batch, start);
  const batches = Math.ceil(n / batchSize);
  for (let round = 0; round < batches; round++) {
    for (let draw = 0; draw < batchSize; draw++) {
      const from = nextBelow(random, n) * stride;
      batch.rows.set(rows.subarray(from, from + stride), draw * stride);
    }
    batch.labels.fill(0);
    kernel.assign(0, batchSize, true);
    for (let draw = 0; draw < batchSize; draw++) {
      const centroid = batch.labels[draw]!;
      met[centroid]! += 1;
      const rate = 1 / met[centroid]!;
      const from = draw * stride;
      const to = centroid * stride;
      for (let i = 0; i < dim; i++)
        batch.centroids[to + i]! += rate * (batch.rows[from + i]! - batch.centroids[to + i]!);
    }
    if (spherical) toUnitRows(batch.centroids, k, stride);
  }
  start.set(placedCentres(batch));
}
