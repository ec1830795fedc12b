import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import type { PlacedCentroids } from '../wasm/placed-centroids.ts';

/** The sum of the points of each cluster, updated from round to round. */
export interface ClusterSums {
  /** k × dim. */
  readonly sums: Float64Array;
  /** The cluster whose sum each point is in; −1 for a point not yet counted. */
  readonly labels: Int32Array;
}

export const emptySums = ({ n, k, dim }: PlacedCentroids): ClusterSums => ({
  sums: new Float64Array(k * dim),
  labels: new Int32Array(n).fill(-1),
});

/**
 * Replaces each centroid by the mean of its points (normalized if `spherical`), in place, and records how far each moved. Points that
 * changed clusters move from one sum to the other in point order in Float64, so the result does not depend on the thread that assigned them.
 *
 * An empty cluster takes the point that lies farthest from its own centroid, out of that point's cluster (scikit-learn's rule);
 * the bounds of moved points are reset. Returns the sum of squared moves.
 */
export function updateCentroids(
  placed: PlacedCentroids,
  spherical: boolean,
  kept: ClusterSums,
): number {
  const { dim, k, stride, centroids, moved, movedFloat } = placed;
  const counts = countLabels(placed);
  fillEmpty(placed, counts);
  moveSums(placed, kept);
  const { sums } = kept;
  let total = 0;
  for (let centroid = 0; centroid < k; centroid++) {
    if (counts[centroid] === 0) continue;
    const from = centroid * dim;
    const scale = divisor(sums, from, dim, counts[centroid]!, spherical);
    let squared = 0;
    for (let i = 0; i < dim; i++) {
      const at = centroid * stride + i;
      const before = centroids[at]!;
      centroids[at] = sums[from + i]! / scale;
      squared += (centroids[at]! - before) ** 2;
    }
    moved[centroid]! += Math.sqrt(squared);
    movedFloat[centroid] = moved[centroid]!;
    total += squared;
  }
  return total;
}

/** Sum of squared distances to the assigned centroids. */
export function inertiaOf({ n, rows, stride, centroids, labels }: PlacedCentroids): number {
  let sum = 0;
  for (let point = 0; point < n; point++)
    sum += squaredEuclidean(rows, point, centroids, labels[point]!, stride);
  return sum;
}

function countLabels({ n, k, labels }: PlacedCentroids): Int32Array {
  const counts = new Int32Array(k);
  for (let point = 0; point < n; point++) counts[labels[point]!]! += 1;
  return counts;
}

function moveSums(
  { n, rows, stride, dim, labels }: PlacedCentroids,
  { sums, labels: before }: ClusterSums,
): void {
  for (let point = 0; point < n; point++) {
    const old = before[point]!;
    const label = labels[point]!;
    if (old === label) continue;
    before[point] = label;
    const row = point * stride;
    const to = label * dim;
    for (let i = 0; i < dim; i++) sums[to + i]! += rows[row + i]!;
    if (old < 0) continue;
    const from = old * dim;
    for (let i = 0; i < dim; i++) sums[from + i]! -= rows[row + i]!;
  }
}

function divisor(
  sums: Float64Array,
  at: number,
  dim: number,
  count: number,
  spherical: boolean,
): number {
  if (!spherical) return count;
  let squared = 0;
  for (let i = at; i < at + dim; i++) squared += sums[i]! * sums[i]!;
  return squared === 0 ? count : Math.sqrt(squared);
}

function fillEmpty(placed: PlacedCentroids, counts: Int32Array): void {
  if (!counts.includes(0)) return;
  const { n, rows, stride, centroids, labels, upper } = placed;
  const distances = Float64Array.from({ length: n }, (_, point) =>
    squaredEuclidean(rows, point, centroids, labels[point]!, stride),
  );
  const farthest = Int32Array.from({ length: n }, (_, point) => point).sort(
    (left, right) => distances[right]! - distances[left]! || left - right,
  );
  let next = 0;
  for (let centroid = 0; centroid < counts.length; centroid++) {
    if (counts[centroid] !== 0) continue;
    while (next < n && counts[labels[farthest[next]!]!]! < 2) next++;
    if (next === n || distances[farthest[next]!] === 0) return;
    const point = farthest[next++]!;
    counts[labels[point]!]! -= 1;
    counts[centroid] = 1;
    labels[point] = centroid;
    upper[point] = Number.POSITIVE_INFINITY;
  }
}
