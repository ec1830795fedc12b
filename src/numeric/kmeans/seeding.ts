import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { nextFloat, type RandomState } from '../random/random.ts';

/**
 * k-means++ starting centres: the first at random, each next one drawn with probability in proportion to the squared distance to
 * the nearest centre so far, best of 2 + ⌊ln k⌋ draws by what it leaves over.
 *
 * Shapes: points n × dim row-major; result k × dim, fresh. Cost k · (2 + ln k) · n distances; memory 2 n doubles.
 * Deterministic for a state. When fewer than k places are distinct, the last centres repeat earlier points.
 * Origin: Arthur and Vassilvitskii 2007; the greedy draws as in scikit-learn 1.9 `kmeans_plusplus`.
 */
export function plusPlusCentroids(
  points: Float32Array,
  n: number,
  dim: number,
  k: number,
  random: RandomState,
): Float32Array {
  const centroids = new Float32Array(k * dim);
  const trials = 2 + Math.floor(Math.log(k));
  let nearest = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  let best = new Float64Array(n);
  let candidate = new Float64Array(n);
  for (let centre = 0; centre < k; centre++) {
    let chosen = 0;
    let leastLeft = Number.POSITIVE_INFINITY;
    for (let trial = 0; trial < (centre === 0 ? 1 : trials); trial++) {
      const drawn =
        centre === 0 ? Math.floor(nextFloat(random) * n) : drawByWeight(nearest, n, random);
      const left = distancesLeft(points, n, dim, drawn, nearest, candidate);
      if (left >= leastLeft) continue;
      leastLeft = left;
      chosen = drawn;
      [best, candidate] = [candidate, best];
    }
    [nearest, best] = [best, nearest];
    centroids.set(points.subarray(chosen * dim, (chosen + 1) * dim), centre * dim);
  }
  return centroids;
}

/** Squared distances to the nearest centre if point `added` became one, into `out`; returns their sum. */
function distancesLeft(
  points: Float32Array,
  n: number,
  dim: number,
  added: number,
  nearest: Float64Array,
  out: Float64Array,
): number {
  let sum = 0;
  for (let point = 0; point < n; point++) {
    const distance = Math.min(nearest[point]!, squaredEuclidean(points, point, points, added, dim));
    out[point] = distance;
    sum += distance;
  }
  return sum;
}

function drawByWeight(weights: Float64Array, n: number, random: RandomState): number {
  let total = 0;
  for (let point = 0; point < n; point++) total += weights[point]!;
  let rest = nextFloat(random) * total;
  for (let point = 0; point < n; point++) {
    rest -= weights[point]!;
    if (rest < 0) return point;
  }
  return n - 1;
}
