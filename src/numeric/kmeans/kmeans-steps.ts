import { type ParallelSteps, withinParallel } from '../parallel/parallel-steps.ts';
import { seedRandom } from '../random/random.ts';
import { type PlacedCentroids, placeCentroids } from '../wasm/placed-centroids.ts';
import { assignStep, placeCentres, placedCentres } from './assign.ts';
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
 * Lloyd's iteration with Elkan's bounds from k-means++ starts; the best of `restarts` by inertia (the first of equals).
 * Above a size the start is refined by mini-batches, so that fewer full passes remain.
 *
 * Shapes: points n × dim row-major, unit or zero rows when spherical. Cost: n · k distances in the first pass, n to a few n in the
 * later ones. Memory: a copy of the points, 4 bytes a point and centroid (above 256 MB no bounds are kept and every pass takes all
 * distances), 16 bytes a point. Deterministic for a seed, the same bytes for any division of the rows and for WebAssembly and its twin.
 * `workers` above 0 keeps all in shared memory. Preconditions: n ≥ 1, 1 ≤ k ≤ n.
 * Origin: Lloyd 1982, Elkan 2003; stopping and empty clusters as scikit-learn 1.9 `KMeans`. From the same start the inertia
 * equals scikit-learn's to 1e-5 in tests.
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
    const start =
      plan.initial?.slice() ??
      (yield* withinParallel(
        shareOf(0),
        shareOf(SEEDING_SHARE),
        plusPlusCentroids(placed, parts, isShared, random),
      ));
    if (plan.batchSize > 0)
      miniBatchCentroids(placed, start, plan.batchSize, plan.spherical, random);
    const lloyd = lloydSteps(placed, start, plan, limit);
    const result = yield* withinParallel(shareOf(SEEDING_SHARE), shareOf(1), lloyd);
    if (best === undefined || result.inertia < best.inertia) best = result;
  }
  return best!;
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

const SEEDING_SHARE = 0.2;
