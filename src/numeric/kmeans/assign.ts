import { squaredEuclidean } from '../distance/squared-euclidean.ts';

/** What is known of each point between iterations; the arrays may be shared between workers, each writing its own rows. */
export interface Assignment {
  readonly labels: Int32Array;
  /** At least the distance to the assigned centroid. */
  readonly upper: Float64Array;
  /** At most the distance to every other centroid. */
  readonly lower: Float64Array;
}

export const createAssignment = (n: number, shared = false): Assignment => ({
  labels: new Int32Array(buffer(n * 4, shared)),
  upper: new Float64Array(buffer(n * 8, shared)).fill(Number.POSITIVE_INFINITY),
  lower: new Float64Array(buffer(n * 8, shared)).fill(Number.NEGATIVE_INFINITY),
});

/** Half the distance from each centroid to the nearest other: points closer than that cannot change sides. */
export function halfGaps(centroids: Float32Array, k: number, dim: number): Float64Array {
  const gaps = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  for (let left = 0; left < k; left++)
    for (let right = left + 1; right < k; right++) {
      const half = Math.sqrt(squaredEuclidean(centroids, left, centroids, right, dim)) / 2;
      if (half < gaps[left]!) gaps[left] = half;
      if (half < gaps[right]!) gaps[right] = half;
    }
  return gaps;
}

/**
 * Moves points `from` … `to` − 1 to their nearest centroid (the lowest of equals), in place; returns how many changed.
 *
 * Hamerly's test spares a point its k distances when its upper bound is below its lower bound or the half gap; `drift` (how far
 * each centroid moved since the last call) keeps the bounds valid. Cost between n and n · (k + 1) distances. Rows are independent,
 * so any division between workers gives the same bytes. Origin: Hamerly 2010, "Making k-means even faster".
 */
export function assignRange(
  points: Float32Array,
  dim: number,
  from: number,
  to: number,
  centroids: Float32Array,
  k: number,
  gaps: Float64Array,
  drift: Float64Array,
  assignment: Assignment,
): number {
  const { labels, upper, lower } = assignment;
  const { first, second, owner } = twoLargest(drift);
  let changed = 0;
  for (let point = from; point < to; point++) {
    const label = labels[point]!;
    lower[point]! -= label === owner ? second : first;
    const limit = Math.max(lower[point]!, gaps[label]!);
    upper[point]! += drift[label]!;
    if (upper[point]! <= limit) continue;
    if (upper[point] !== Number.POSITIVE_INFINITY) {
      upper[point] = Math.sqrt(squaredEuclidean(points, point, centroids, label, dim));
      if (upper[point]! <= limit) continue;
    }
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    let next = Number.POSITIVE_INFINITY;
    for (let centroid = 0; centroid < k; centroid++) {
      const squared = squaredEuclidean(points, point, centroids, centroid, dim);
      if (squared < least) {
        next = least;
        least = squared;
        nearest = centroid;
      } else if (squared < next) next = squared;
    }
    upper[point] = Math.sqrt(least);
    lower[point] = Math.sqrt(next);
    if (nearest !== label) {
      labels[point] = nearest;
      changed++;
    }
  }
  return changed;
}

function twoLargest(drift: Float64Array): { first: number; second: number; owner: number } {
  let first = 0;
  let second = 0;
  let owner = -1;
  for (let centroid = 0; centroid < drift.length; centroid++) {
    const moved = drift[centroid]!;
    if (moved > first) {
      second = first;
      first = moved;
      owner = centroid;
    } else if (moved > second) second = moved;
  }
  return { first, second, owner };
}

const buffer = (bytes: number, shared: boolean): ArrayBufferLike =>
  shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
