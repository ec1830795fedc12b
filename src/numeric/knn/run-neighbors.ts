import { checkChoice, checkInteger, checkPoints } from '../checks.ts';
import { type Metric, metricSpace } from '../distance/metric.ts';
import { runHere } from '../parallel/parallel-steps.ts';
import { type KernelPool, runOnPool } from '../parallel/pool.ts';
import type { StepOptions, Steps } from '../steps.ts';
import { EXACT_NEIGHBORS, nearestSteps } from './nearest.ts';
import { createSearch, type NeighborSearch } from './neighbor-search.ts';
import { type Neighbors, toNeighbors } from './neighbors.ts';

export interface NeighborOptions extends StepOptions {
  readonly dimensions: number;
  /** Neighbors of each point, not counting itself; at most n − 1. */
  readonly k: number;
  /** Default `euclidean`. */
  readonly metric?: Metric;
}

export type NearestOptions = NeighborOptions & { readonly seed: number };

/** A graph with its recall: 1 if exact, otherwise estimated. */
export type NearestGraph = Neighbors & { readonly recall: number };

export function* runExactNeighbors(
  points: Float32Array,
  options: NeighborOptions,
): Steps<Neighbors> {
  const all = Number.POSITIVE_INFINITY;
  const { metric, search } = prepare(points, { ...options, seed: 0 }, all, 0);
  const { graph } = yield* runHere(nearestSteps(search));
  return toNeighbors(graph, metric);
}

export function* runNearestNeighbors(
  points: Float32Array,
  options: NearestOptions,
): Steps<NearestGraph> {
  const { metric, search } = prepare(points, options, EXACT_NEIGHBORS, 0);
  const { graph, recall } = yield* runHere(nearestSteps(search));
  return { ...toNeighbors(graph, metric), recall };
}

export async function runNearestNeighborsOnPool(
  points: Float32Array,
  options: NearestOptions,
  pool: KernelPool,
): Promise<NearestGraph> {
  const { metric, search } = prepare(points, options, EXACT_NEIGHBORS, pool.size);
  const { graph, recall } = await runOnPool(nearestSteps(search), pool, options);
  return { ...toNeighbors(graph, metric), recall };
}

function prepare(
  points: Float32Array,
  { metric = 'euclidean', dimensions, k, seed }: NearestOptions,
  exactUpTo: number,
  workers: number,
): { metric: Metric; search: NeighborSearch } {
  checkChoice('metric', metric, ['euclidean', 'cosine']);
  const n = checkPoints(points, dimensions);
  checkInteger('k', k, 1);
  const space = metricSpace(points, dimensions, metric);
  const most = Math.min(k, Math.max(n - 1, 0));
  const search = createSearch(space.points, n, space.dim, most, seed, exactUpTo, workers);
  return { metric, search };
}
