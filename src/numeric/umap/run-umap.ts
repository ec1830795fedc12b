import { checkChoice, checkInteger, checkNotNegative, checkPoints } from '../checks.ts';
import { type Metric, type MetricSpace, metricSpace } from '../distance/metric.ts';
import { checkGraph } from '../knn/check-graph.ts';
import type { Neighbors } from '../knn/neighbors.ts';
import { runNearestNeighbors } from '../knn/run-neighbors.ts';
import { runHere } from '../parallel/parallel-steps.ts';
import { type KernelPool, runOnPool } from '../parallel/pool.ts';
import { finish, type StepOptions, type Steps, within } from '../steps.ts';
import { type UmapPlan, umapSteps } from './umap-steps.ts';

export interface UmapOptions extends StepOptions {
  readonly dimensions: number;
  /** Dimensions of the map; default 2. */
  readonly components?: number;
  /** Size of a neighbourhood, the point itself counted; default 15, cut to n. */
  readonly neighbors?: number;
  /** How close points may lie, at spread 1; default 0.1. */
  readonly minDistance?: number;
  /** Default `euclidean`. */
  readonly metric?: Metric;
  readonly seed: number;
  /** Default 500 up to 10,000 points, else 200. */
  readonly epochs?: number;
  /** Neighbours known already, in `metric`; default `nearestNeighbors`. */
  readonly graph?: Neighbors;
}

export function* runUmap(points: Float32Array, options: UmapOptions): Steps<Float32Array> {
  const ready = yield* within(0, NEIGHBOR_SHARE, prepare(points, options));
  const { space, n, neighbors, plan } = ready;
  if (neighbors === null) return new Float32Array(n * plan.components);
  const steps = umapSteps(space.points, n, space.dim, neighbors, plan, false);
  return yield* within(NEIGHBOR_SHARE, 1, runHere(steps));
}

export async function runUmapOnPool(
  points: Float32Array,
  options: UmapOptions,
  pool: KernelPool,
): Promise<Float32Array> {
  const { signal, onProgress } = options;
  const { space, n, neighbors, plan } = finish(
    within(0, NEIGHBOR_SHARE, prepare(points, options)),
    {
      signal,
      onProgress,
    },
  );
  if (neighbors === null) return new Float32Array(n * plan.components);
  return await runOnPool(umapSteps(space.points, n, space.dim, neighbors, plan, true), pool, {
    signal,
    onProgress: (share) => onProgress?.(NEIGHBOR_SHARE + (1 - NEIGHBOR_SHARE) * share),
  });
}

interface Prepared {
  readonly space: MetricSpace;
  readonly n: number;
  /** null when there are fewer than two points. */
  readonly neighbors: Neighbors | null;
  readonly plan: UmapPlan;
}

function* prepare(points: Float32Array, options: UmapOptions): Steps<Prepared> {
  const { dimensions, seed, graph, metric = 'euclidean', neighbors: size = 15 } = options;
  checkChoice('metric', metric, ['euclidean', 'cosine']);
  const n = checkPoints(points, dimensions);
  checkInteger('neighbors', size, 2);
  const plan = checkPlan(n, options);
  const space = metricSpace(points, dimensions, metric);
  if (n < 2) return { space, n, neighbors: null, plan };
  if (graph !== undefined) {
    checkGraph(graph, n);
    return { space, n, neighbors: graph, plan };
  }
  const neighbors = yield* runNearestNeighbors(points, { dimensions, k: size - 1, metric, seed });
  return { space, n, neighbors, plan };
}

function checkPlan(n: number, options: UmapOptions): UmapPlan {
  const plan = {
    components: options.components ?? 2,
    minDistance: options.minDistance ?? 0.1,
    spread: 1,
    epochs: options.epochs ?? (n <= 10_000 ? 500 : 200),
    seed: options.seed,
    negativeSamples: 5,
    learningRate: 1,
  };
  checkInteger('seed', plan.seed, 0);
  checkInteger('components', plan.components, 1);
  checkInteger('epochs', plan.epochs, 0);
  checkNotNegative('minDistance', plan.minDistance);
  return plan;
}

/** Part of the run that finding neighbours takes, as progress shows it. */
const NEIGHBOR_SHARE = 0.2;
