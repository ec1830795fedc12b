import { openCentroidKernel } from '../wasm/nearest-centroid.ts';
import type { PlacedCentroids } from '../wasm/placed-centroids.ts';

/** Assigns points to their nearest centroid, in place. Returns how many changed. */
export function assignRange(
  placed: PlacedCentroids,
  part: number,
  from: number,
  to: number,
  isFirst: boolean,
): number {
  return openCentroidKernel(placed, part).assign(from, to, isFirst);
}

/** Squared distances of points to the candidates of k-means++, into the table. */
export function measureCandidates(
  placed: PlacedCentroids,
  part: number,
  from: number,
  to: number,
): void {
  openCentroidKernel(placed, part).candidates(from, to);
}

/** Sets k × dim centroids; what is known about the points becomes invalid until the next first round. */
export function placeCentres(
  { centroids, k, dim, stride }: PlacedCentroids,
  start: Float32Array,
): void {
  centroids.fill(0);
  for (let centroid = 0; centroid < k; centroid++)
    centroids.set(start.subarray(centroid * dim, (centroid + 1) * dim), centroid * stride);
}

/** k × dim, fresh. */
export function placedCentres({ centroids, k, dim, stride }: PlacedCentroids): Float32Array {
  const compact = new Float32Array(k * dim);
  for (let centroid = 0; centroid < k; centroid++)
    compact.set(centroids.subarray(centroid * stride, centroid * stride + dim), centroid * dim);
  return compact;
}
