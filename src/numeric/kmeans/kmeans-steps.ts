import type { ParallelStep, ParallelSteps } from '../parallel/parallel-steps.ts';
import { permutation, type RandomState, seedRandom } from '../random/random.ts';
import { createAssignment, halfGaps } from './assign.ts';
import { miniBatchCentroids } from './mini-batch.ts';
import { plusPlusCentroids } from './seeding.ts';
import { inertiaOf, updateCentroids } from './update.ts';

export interface KmeansResult {
  /** The cluster of each point, 0 … k − 1. */
  readonly labels: Int32Array;
  /** k × dimensions, row-major; unit rows when spherical. */
  readonly centroids: Float32Array;
  /** Sum of squared distances of the points to their centroids. */
  readonly inertia: number;
  /** Passes over the points until nothing moved. */
  readonly iterations: number;
}

export interface KmeansPlan {
  readonly k: number;
  readonly seed: number;
  readonly restarts: number;
  readonly maxIterations: number;
  /** Stop when the centroids moved less than this share of the mean variance of a coordinate. */
  readonly tolerance: number;
  readonly spherical: boolean;
  /** 0 for passes over all points. */
  readonly batchSize: number;
  readonly initial: Float32Array | undefined;
}

/**
 * Lloyd's iteration with Hamerly's bounds from k-means++ starts; the best of `restarts` by inertia (the first of equals).
 * Above 20,000 points k-means++ looks at a sample; above a size the start is refined by mini-batches, so that few full passes remain.
 *
 * Shapes: points n × dim row-major, unit or zero rows when spherical. Cost a pass: n · dim sums and n to n · (k + 1) distances.
 * Memory 20 bytes a point and k × dim doubles. Deterministic for a seed, the same bytes for any division of the rows.
 * `shared` keeps what workers write in shared memory; then `points` should be there too. Preconditions: n ≥ 1, 1 ≤ k ≤ n.
 * Origin: Lloyd 1982, Hamerly 2010; stopping and empty clusters as scikit-learn 1.9 `KMeans`. From the same start the inertia
 * equals scikit-learn's to 1e-5 in tests.
 */
export function* kmeansSteps(
  points: Float32Array,
  n: number,
  dim: number,
  plan: KmeansPlan,
  shared = false,
): ParallelSteps<KmeansResult> {
  let best: KmeansResult | undefined;
  const runs = plan.initial === undefined ? plan.restarts : 1;
  for (let run = 0; run < runs; run++) {
    const random = seedRandom(plan.seed, run);
    const start = plan.initial?.slice() ?? plusPlusOfSample(points, n, dim, plan.k, random);
    if (plan.batchSize > 0)
      miniBatchCentroids(points, n, dim, start, plan.k, plan.batchSize, plan.spherical, random);
    const result = yield* lloydSteps(
      points,
      n,
      dim,
      start,
      plan,
      shared,
      (share) => (run + share) / runs,
    );
    if (best === undefined || result.inertia < best.inertia) best = result;
  }
  return best!;
}

/** k-means++ looks at every point 2 + ln k times a centre; above a size a sample has the same clusters in it. */
function plusPlusOfSample(
  points: Float32Array,
  n: number,
  dim: number,
  k: number,
  random: RandomState,
): Float32Array {
  const size = Math.max(SEEDING_SAMPLE, 50 * k);
  if (n <= size) return plusPlusCentroids(points, n, dim, k, random);
  const sample = new Float32Array(size * dim);
  permutation(n, random)
    .subarray(0, size)
    .forEach((point, row) => {
      sample.set(points.subarray(point * dim, (point + 1) * dim), row * dim);
    });
  return plusPlusCentroids(sample, size, dim, k, random);
}

function* lloydSteps(
  points: Float32Array,
  n: number,
  dim: number,
  centroids: Float32Array,
  plan: KmeansPlan,
  shared: boolean,
  shareOf: (share: number) => number,
): ParallelSteps<KmeansResult> {
  const { k, spherical } = plan;
  const assignment = createAssignment(n, shared);
  const drift = new Float64Array(k);
  const limit = plan.tolerance * meanVariance(points, n, dim);
  const assign = (iteration: number): ParallelStep => {
    const gaps = halfGaps(centroids, k, dim);
    return {
      share: shareOf(iteration / plan.maxIterations),
      rows: n,
      task: (from, to) => ({
        kind: 'kmeans-assign',
        points,
        dim,
        from,
        to,
        centroids,
        k,
        gaps,
        drift,
        assignment,
      }),
    };
  };
  let iterations = 0;
  while (iterations < plan.maxIterations) {
    const changed = yield assign(iterations);
    iterations++;
    if (changed === 0 && iterations > 1) break;
    const moved = updateCentroids(points, n, dim, centroids, k, spherical, assignment, drift);
    if (moved <= limit || iterations === plan.maxIterations) {
      yield assign(iterations);
      break;
    }
  }
  const labels = shared ? assignment.labels.slice() : assignment.labels;
  return { labels, centroids, inertia: inertiaOf(points, n, dim, centroids, labels), iterations };
}

function meanVariance(points: Float32Array, n: number, dim: number): number {
  let total = 0;
  for (let i = 0; i < dim; i++) {
    let sum = 0;
    for (let at = i; at < points.length; at += dim) sum += points[at]!;
    const mean = sum / n;
    for (let at = i; at < points.length; at += dim) total += (points[at]! - mean) ** 2;
  }
  return total / (n * dim);
}

const SEEDING_SAMPLE = 20_000;
