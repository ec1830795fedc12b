import { checkInteger, checkNotNegative, checkPoints, checkSameLength } from '../checks.ts';
import { runHere } from '../parallel/parallel-steps.ts';
import { type KernelPool, runOnPool } from '../parallel/pool.ts';
import type { StepOptions, Steps } from '../steps.ts';
import { type KmeansBySilhouette, kmeansBySilhouetteSteps } from './by-silhouette.ts';
import { type KmeansPlan, type KmeansResult, kmeansSteps } from './kmeans-steps.ts';
import { toUnitRows } from './unit-rows.ts';

interface KmeansTuning extends StepOptions {
  readonly dimensions: number;
  readonly seed: number;
  /** Number of starts; the one with the least inertia is kept. Default 1. */
  readonly restarts?: number;
  /** Default 300. */
  readonly maxIterations?: number;
  /** Share of the mean coordinate variance below which a move of the centroids ends the run; default 1e-4. */
  readonly tolerance?: number;
  /** Clusters directions: points and centroids at unit length. Default false. */
  readonly spherical?: boolean;
  /** Size of the random batches that refine the start before the full passes; 0 for none. Default 4,096 above 100,000 points, else 0. */
  readonly batchSize?: number;
}

export interface KmeansOptions extends KmeansTuning {
  /** Number of clusters, at most the number of points. */
  readonly k: number;
  /** k × dimensions starting centroids instead of k-means++. */
  readonly initial?: Float32Array;
}

export interface SilhouetteOptions extends KmeansTuning {
  /** Minimum k, 2 or more. */
  readonly minK: number;
  /** Maximum k, at most n − 1. */
  readonly maxK: number;
  /** Points whose silhouettes are compared, drawn by the seed when there are more; default 2,000. */
  readonly sampleSize?: number;
}

export function* runKmeans(points: Float32Array, options: KmeansOptions): Steps<KmeansResult> {
  const { rows, n, plan } = prepare(points, options);
  if (n === 0) return NO_CLUSTERS;
  return yield* runHere(kmeansSteps(rows, n, options.dimensions, plan));
}

export async function runKmeansOnPool(
  points: Float32Array,
  options: KmeansOptions,
  pool: KernelPool,
): Promise<KmeansResult> {
  const { rows, n, plan } = prepare(points, options);
  if (n === 0) return NO_CLUSTERS;
  const steps = kmeansSteps(rows, n, options.dimensions, plan, pool.size);
  return await runOnPool(steps, pool, options);
}

function prepare(
  points: Float32Array,
  options: KmeansOptions,
): { rows: Float32Array; n: number; plan: KmeansPlan } {
  const n = checkPoints(points, options.dimensions);
  checkInteger('k', options.k, 1);
  const k = Math.min(options.k, n);
  const { initial } = options;
  if (initial !== undefined) {
    checkPoints(initial, options.dimensions, 'initial');
    checkSameLength('initial', initial.length, 'k × dimensions', k * options.dimensions);
  }
  const tuning = checkTuning(n, options);
  const rows = inShape(points, n, options.dimensions, tuning.spherical);
  return { rows, n, plan: { ...tuning, k, initial } };
}

export function* runKmeansBySilhouette(
  points: Float32Array,
  options: SilhouetteOptions,
): Steps<KmeansBySilhouette> {
  const n = checkPoints(points, options.dimensions);
  const sampleSize = options.sampleSize ?? 2000;
  checkInteger('minK', options.minK, 2);
  checkInteger('maxK', options.maxK, options.minK);
  checkInteger('sampleSize', sampleSize, 2);
  const tuning = checkTuning(n, options);
  const rows = inShape(points, n, options.dimensions, tuning.spherical);
  const maxK = Math.min(options.maxK, n - 1);
  if (n === 0) return { ...NO_CLUSTERS, k: 0, silhouettes: [] };
  if (maxK < options.minK) {
    const plan = { ...tuning, k: 1, initial: undefined };
    const one = yield* runHere(kmeansSteps(rows, n, options.dimensions, plan));
    return { ...one, k: 1, silhouettes: [] };
  }
  return yield* kmeansBySilhouetteSteps(
    rows,
    n,
    options.dimensions,
    tuning,
    options.minK,
    maxK,
    sampleSize,
  );
}

function checkTuning(n: number, options: KmeansTuning): Omit<KmeansPlan, 'k' | 'initial'> {
  const tuning = {
    seed: options.seed,
    restarts: options.restarts ?? 1,
    maxIterations: options.maxIterations ?? 300,
    tolerance: options.tolerance ?? 1e-4,
    spherical: options.spherical ?? false,
    batchSize: options.batchSize ?? (n > 100_000 ? 4096 : 0),
  };
  checkInteger('seed', tuning.seed, 0);
  checkInteger('restarts', tuning.restarts, 1);
  checkInteger('maxIterations', tuning.maxIterations, 1);
  checkInteger('batchSize', tuning.batchSize, 0);
  checkNotNegative('tolerance', tuning.tolerance);
  return tuning;
}

const inShape = (points: Float32Array, n: number, dim: number, spherical: boolean): Float32Array =>
  spherical ? toUnitRows(points.slice(), n, dim) : points;

const NO_CLUSTERS: KmeansResult = {
  labels: new Int32Array(0),
  centroids: new Float32Array(0),
  inertia: 0,
  iterations: 0,
};
