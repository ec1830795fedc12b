import type { ParallelStep, ParallelSteps } from '../parallel/parallel-steps.ts';
import { nextFloat, type RandomState } from '../random/random.ts';
import { CANDIDATES, type PlacedCentroids } from '../wasm/placed-centroids.ts';

/**
 * k-means++ starting centers of placed points: the first at random, each next one the best of `CANDIDATES` points, judged by the sum of squared
 * distances that remains. They are drawn with a probability proportional to the squared distance to the nearest center so far.
 *
 * Result k × dim, fresh. Cost 8 · k · n distances in float32; memory 12 bytes a point and
 * the table of `placed`. Deterministic for a state, the same bytes for any division of the rows. When fewer than k places are
 * distinct, the last centers repeat earlier points.
 * Origin: Arthur and Vassilvitskii 2007; greedy draws as in scikit-learn 1.9 `kmeans_plusplus`, which takes 2 + ⌊ln k⌋: eight cost the same here.
 */
export function* plusPlusCentroids(
  placed: PlacedCentroids,
  random: RandomState,
): ParallelSteps<Float32Array> {
  const { n, dim, stride, k, rows, centroids, table } = placed;
  const centers = new Float32Array(k * dim);
  const nearest = new Float32Array(n).fill(Number.POSITIVE_INFINITY);
  const cumulative = new Float64Array(n);
  for (let center = 0; center < k; center++) {
    const drawn = drawCandidates(cumulative, center === 0, random);
    drawn.forEach((point, candidate) => {
      centroids.set(rows.subarray(point * stride, (point + 1) * stride), candidate * stride);
    });
    yield {
      share: (center + 1) / k,
      rows: n,
      task: (from, to, part) => ({ kind: 'kmeans-candidates', placed, part, from, to }),
    } satisfies ParallelStep;
    const best = leastLeft(table, nearest, drawn.length);
    take(table, best, nearest, cumulative);
    const row = drawn[best]! * stride;
    centers.set(rows.subarray(row, row + dim), center * dim);
  }
  return centers;
}

/** Draws the first at random, then by weight; `cumulative` are the running sums of the weights. */
function drawCandidates(cumulative: Float64Array, isFirst: boolean, random: RandomState): number[] {
  const n = cumulative.length;
  if (isFirst) return [Math.floor(nextFloat(random) * n)];
  const total = cumulative[n - 1]!;
  return Array.from({ length: CANDIDATES }, () =>
    firstAbove(cumulative, nextFloat(random) * total),
  );
}

/** The first index with a larger value, or the last index. */
function firstAbove(cumulative: Float64Array, value: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The candidate that leaves the least sum of squared distances to the nearest center; the first of equals. */
function leastLeft(table: Float32Array, nearest: Float32Array, candidates: number): number {
  const left = new Float64Array(candidates);
  for (let point = 0; point < nearest.length; point++) {
    const known = nearest[point]!;
    for (let candidate = 0; candidate < candidates; candidate++) {
      const distance = table[point * CANDIDATES + candidate]!;
      left[candidate]! += Math.min(distance, known);
    }
  }
  return left.indexOf(left.reduce((least, sum) => Math.min(least, sum)));
}

function take(
  table: Float32Array,
  candidate: number,
  nearest: Float32Array,
  cumulative: Float64Array,
): void {
  let sum = 0;
  for (let point = 0; point < nearest.length; point++) {
    const distance = table[point * CANDIDATES + candidate]!;
    if (distance < nearest[point]!) nearest[point] = distance;
    sum += nearest[point]!;
    cumulative[point] = sum;
  }
}
