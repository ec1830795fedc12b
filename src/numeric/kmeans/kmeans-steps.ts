import { type ParallelSteps, withinParallel } from '../parallel/parallel-steps.ts';
import { nextUint32, permutation, type RandomState, seedRandom } from '../random/random.ts';
import { type PlacedCentroids, placeCentroids } from '../wasm/placed-centroids.ts';
import { placeCentres, placedCentres } from './assign.ts';
import { assignStep } from './assign-step.ts';
import { miniBatchCentroids } from './mini-batch.ts';
import { plusPlusCentroids } from './seeding.ts';
import { emptySums, inertiaOf, updateCentroids } from './update.ts';

export interface KmeansResult {
  /** The cluster of each point, 0 … k − 1. */
  readonly labels: Int32Array;
  /** k × dimensions, row-major; unit rows when spherical. */
  readonly centroids: Float32Array;
  /** Sum of squared distances of the points to their centroids. */
  readonly inertia: number;
  /** Number of passes until no point moved. */
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
  /** 0 for full passes. */
  readonly batchSize: number;
  readonly initial: Float32Array | undefined;
}

/**
 * Lloyd's iteration with Elkan's bounds from k-means++ starts; the best of `restarts` by inertia (the first of equals).
 * Above 20,000 points (100 k, if that is more) a start is the best clustering of a sample from three k-means++ starts, which takes
 * half the time of seeding on all points and ends lower; `batchSize` refines it by mini-batches.
 *
 * Shapes: points n × dim row-major, unit or zero rows when spherical. Cost: n · k distances in the first pass, n to a few n in the
 * later ones. Memory: a copy of the points, 16 bytes a point, 4 bytes a point and centroid; where these would be above 256 MB no
 * bounds are kept and every pass takes all distances. Deterministic for a seed, the same bytes for any division of the rows and
 * for WebAssembly and TypeScript. With `workers` above 0, all data is in shared memory. Preconditions: n ≥ 1, 1 ≤ k ≤ n.
 * Origin: Lloyd 1982, Elkan 2003, Bradley and Fayyad 1998 (starts from a sample); stopping and empty clusters as scikit-learn 1.9
 * `KMeans`. From the same start the inertia equals scikit-learn's to 1e-5 in tests.
 */
export function* kmeansSteps(
  points: Float32Array,
  n: number,
  dim: number,
  plan: KmeansPlan,
  workers = 0,
): ParallelSteps<KmeansResult> {
  const parts = Math.max(1, workers);
  const isShared = workers > 0;
  const placed = placeCentroids(points, n, dim, plan.k, parts, isShared);
  const limit = plan.tolerance * meanVariance(points, n, dim);
  let best: KmeansResult | undefined;
  const runs = plan.initial === undefined ? plan.restarts : 1;
  for (let run = 0; run < runs; run++) {
    const random = seedRandom(plan.seed, run);
    const shareOf = (share: number): number => (run + share) / runs;
    const seeding = startingCentroids(points, placed, plan, workers, random);
    const start = yield* withinParallel(shareOf(0), shareOf(SEEDING_SHARE), seeding);
    if (plan.batchSize > 0)
      miniBatchCentroids(placed, start, plan.batchSize, plan.spherical, random);
    const lloyd = lloydSteps(placed, start, plan, limit);
    const result = yield* withinParallel(shareOf(SEEDING_SHARE), shareOf(1), lloyd);
    if (best === undefined || result.inertia < best.inertia) best = result;
  }
  return best!;
}

/** The given centroids, or k-means++ on all points, or for many points the best clustering of a sample from three starts. */
function* startingCentroids(
  points: Float32Array,
  placed: PlacedCentroids,
  plan: KmeansPlan,
  workers: number,
  random: RandomState,
): ParallelSteps<Float32Array> {
  if (plan.initial !== undefined) return plan.initial.slice();
  const { n, dim } = placed;
  const size = Math.max(SAMPLE, SAMPLE_PER_CLUSTER * plan.k);
  if (n <= 2 * size) return yield* plusPlusCentroids(placed, random);
  const sample = new Float32Array(size * dim);
  permutation(n, random)
    .subarray(0, size)
    .forEach((point, row) => {
      sample.set(points.subarray(point * dim, (point + 1) * dim), row * dim);
    });
  const sampled = { ...plan, seed: nextUint32(random), restarts: SAMPLE_STARTS, batchSize: 0 };
  return (yield* kmeansSteps(sample, size, dim, sampled, workers)).centroids;
}

function* lloydSteps(
  placed: PlacedCentroids,
  start: Float32Array,
  { maxIterations, spherical }: KmeansPlan,
  limit: number,
): ParallelSteps<KmeansResult> {
  const sums = emptySums(placed);
  placeCentres(placed, start);
  placed.labels.fill(0);
  let iterations = 0;
  while (iterations < maxIterations) {
    const changed = yield assignStep(placed, iterations === 0, iterations / maxIterations);
    iterations++;
    if (changed === 0 && iterations > 1) break;
    const moved = updateCentroids(placed, spherical, sums);
    if (moved <= limit || iterations === maxIterations) {
      yield assignStep(placed, false, iterations / maxIterations);
      break;
    }
  }
  return {
    labels: Int32Array.from(placed.labels),
    centroids: placedCentres(placed),
    inertia: inertiaOf(placed),
    iterations,
  };
}

function meanVariance(points: Float32Array, n: number, dim: number): number {
  const means = new Float64Array(dim);
  for (let at = 0; at < points.length; at += dim)
    for (let i = 0; i < dim; i++) means[i]! += points[at + i]! / n;
  let total = 0;
  for (let at = 0; at < points.length; at += dim)
    for (let i = 0; i < dim; i++) total += (points[at + i]! - means[i]!) ** 2;
  return total / (n * dim);
}

const SEEDING_SHARE = 0.3;
const SAMPLE = 10_000;
const SAMPLE_PER_CLUSTER = 50;
const SAMPLE_STARTS = 3;
