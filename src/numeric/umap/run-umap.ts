import { checkChoice, checkInteger, checkNotNegative, checkPoints } from '../checks.ts';
import { type Metric, metricSpace } from '../distance/metric.ts';
import type { MetricSpace } from '../distance/metric-space.ts';
import { checkGraph } from '../knn/check-graph.ts';
import type { Neighbors } from '../knn/neighbors.ts';
import {
  type NearestOptions,
  runNearestNeighbors,
  runNearestNeighborsOnPool,
} from '../knn/run-neighbors.ts';
import { runHere } from '../parallel/parallel-steps.ts';
import { type KernelPool, runOnPool } from '../parallel/pool.ts';
import { type StepOptions, type Steps, within } from '../steps.ts';
import { type UmapPlan, umapSteps } from './umap-steps.ts';

export interface UmapOptions extends StepOptions {
  readonly dimensions: number;
  /** Dimensions of the map; default 2. */
  readonly components?: number;
  /** Size of a neighborhood, including the point itself; default 15, or all of a given `graph`; at most n and the size of the graph. */
  readonly neighbors?: number;
  /** How close points may lie, at spread 1; default 0.1. */
  readonly minDistance?: number;
  /** Default `euclidean`. */
  readonly metric?: Metric;
  readonly seed: number;
  /** Default 500 up to 10,000 points, else 200. */
  readonly epochs?: number;
  /** A known neighbor graph in `metric`, nearest first; default `nearestNeighbors`. It may have more neighbors than needed, like the one for `hdbscan`. */
  readonly graph?: Neighbors;
}

export function* runUmap(points: Float32Array, options: UmapOptions): Steps<Float32Array> {
  const { space, n, known, wanted, plan } = prepare(points, options);
  if (n < 2) return new Float32Array(n * plan.components);
  const graph = known ?? (yield* within(0, NEIGHBOR_SHARE, runNearestNeighbors(points, wanted)));
  const steps = umapSteps(space.points, n, space.dim, graph, plan, false);
  return yield* within(NEIGHBOR_SHARE, 1, runHere(steps));
}

export async function runUmapOnPool(
  points: Float32Array,
  options: UmapOptions,
  pool: KernelPool,
): Promise<Float32Array> {
  const { signal, onProgress } = options;
  const { space, n, known, wanted, plan } = prepare(points, options);
  if (n < 2) return new Float32Array(n * plan.components);
  const part = { signal, onProgress: (share: number) => onProgress?.(NEIGHBOR_SHARE * share) };
  const graph = known ?? (await runNearestNeighborsOnPool(points, { ...wanted, ...part }, pool));
  return await runOnPool(umapSteps(space.points, n, space.dim, graph, plan, true), pool, {
    signal,
    onProgress: (share) => onProgress?.(NEIGHBOR_SHARE + (1 - NEIGHBOR_SHARE) * share),
  });
}

interface Prepared {
  readonly space: MetricSpace;
  readonly n: number;
  /** The given graph. */
  readonly known: Neighbors | null;
  /** The search for neighbors, unless there is a graph. */
  readonly wanted: NearestOptions;
  readonly plan: UmapPlan;
}

function prepare(points: Float32Array, options: UmapOptions): Prepared {
  const { dimensions, seed, graph, metric = 'euclidean', neighbors: size = 15 } = options;
  checkChoice('metric', metric, ['euclidean', 'cosine']);
  const n = checkPoints(points, dimensions);
  checkInteger('neighbors', size, 2);
  const plan = checkPlan(n, options);
  if (graph !== undefined && n >= 2) checkGraph(graph, n);
  const space = metricSpace(points, dimensions, metric);
  const most = options.neighbors === undefined ? graph?.k : size - 1;
  const known = graph && n >= 2 ? nearestOf(graph, n, most ?? graph.k) : null;
  return { space, n, known, wanted: { dimensions, k: size - 1, metric, seed }, plan };
}

/** The first `most` neighbors of every row. */
function nearestOf(graph: Neighbors, n: number, most: number): Neighbors {
  if (graph.k <= most) return graph;
  const indices = new Int32Array(n * most);
  const distances = new Float32Array(n * most);
  for (let row = 0; row < n; row++) {
    const from = row * graph.k;
    indices.set(graph.indices.subarray(from, from + most), row * most);
    distances.set(graph.distances.subarray(from, from + most), row * most);
  }
  return { k: most, indices, distances };
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

/** Share of the progress for the neighbor search. */
const NEIGHBOR_SHARE = 0.2;
