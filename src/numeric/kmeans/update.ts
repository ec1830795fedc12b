import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import type { Assignment } from './assign.ts';

/**
 * Replaces each centroid by the mean of its points (its direction, when `spherical`), in place, and writes how far each moved to
 * `drift`. Sums run in point order in Float64, so the result does not depend on who assigned the points.
 *
 * An empty cluster takes the point that lies farthest from its own centroid, out of that point's cluster (scikit-learn's rule);
 * the bounds of moved points are reset. Returns the sum of squared moves.
 */
export function updateCentroids(
  points: Float32Array,
  n: number,
  dim: number,
  centroids: Float32Array,
  k: number,
  spherical: boolean,
  assignment: Assignment,
  drift: Float64Array,
): number {
  const { labels } = assignment;
  const counts = new Int32Array(k);
  for (let point = 0; point < n; point++) counts[labels[point]!]! += 1;
  fillEmpty(points, n, dim, centroids, counts, assignment);
  const sums = new Float64Array(k * dim);
  for (let point = 0; point < n; point++) {
    const to = labels[point]! * dim;
    const from = point * dim;
    for (let i = 0; i < dim; i++) sums[to + i]! += points[from + i]!;
  }
  let moved = 0;
  for (let centroid = 0; centroid < k; centroid++) {
    const at = centroid * dim;
    const scale = counts[centroid] === 0 ? 0 : divisor(sums, at, dim, counts[centroid]!, spherical);
    let squared = 0;
    for (let i = at; i < at + dim; i++) {
      if (scale === 0) continue;
      const before = centroids[i]!;
      centroids[i] = sums[i]! / scale;
      squared += (centroids[i]! - before) ** 2;
    }
    drift[centroid] = Math.sqrt(squared);
    moved += squared;
  }
  return moved;
}

/** Sum of squared distances to the assigned centroids. */
export function inertiaOf(
  points: Float32Array,
  n: number,
  dim: number,
  centroids: Float32Array,
  labels: Int32Array,
): number {
  let sum = 0;
  for (let point = 0; point < n; point++)
    sum += squaredEuclidean(points, point, centroids, labels[point]!, dim);
  return sum;
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

function fillEmpty(
  points: Float32Array,
  n: number,
  dim: number,
  centroids: Float32Array,
  counts: Int32Array,
  { labels, upper, lower }: Assignment,
): void {
  if (!counts.includes(0)) return;
  const distances = Float64Array.from({ length: n }, (_, point) =>
    squaredEuclidean(points, point, centroids, labels[point]!, dim),
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
    lower[point] = Number.NEGATIVE_INFINITY;
  }
}
