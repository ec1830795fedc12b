import { checkChoice, checkInteger, checkPoints } from '../checks.ts';
import { type Metric, type MetricSpace, metricSpace } from '../distance/metric.ts';
import type { StepOptions, Steps } from '../steps.ts';
import { exactNeighborSteps } from './exact.ts';
import { EXACT_NEIGHBORS, nearestSteps } from './nearest.ts';
import { type Neighbors, toNeighbors } from './neighbors.ts';

export interface NeighborOptions extends StepOptions {
  readonly dimensions: number;
  /** Neighbours of each point, itself not counted; cut to n − 1. */
  readonly k: number;
  /** Default `euclidean`. */
  readonly metric?: Metric;
}

export function* runExactNeighbors(
  points: Float32Array,
  options: NeighborOptions,
): Steps<Neighbors> {
  const { n, k, metric, space } = checkNeighbors(points, options);
  return toNeighbors(yield* exactNeighborSteps(space.points, n, space.dim, k), metric);
}

export function* runNearestNeighbors(
  points: Float32Array,
  options: NeighborOptions & { readonly seed: number },
): Steps<Neighbors & { readonly recall: number }> {
  const { n, k, metric, space } = checkNeighbors(points, options);
  const found = nearestSteps(space.points, n, space.dim, k, options.seed, EXACT_NEIGHBORS);
  const { graph, recall } = yield* found;
  return { ...toNeighbors(graph, metric), recall };
}

function checkNeighbors(
  points: Float32Array,
  { metric = 'euclidean', dimensions, k }: NeighborOptions,
): { n: number; k: number; metric: Metric; space: MetricSpace } {
  checkChoice('metric', metric, ['euclidean', 'cosine']);
  const n = checkPoints(points, dimensions);
  checkInteger('k', k, 1);
  const most = Math.max(n - 1, 0);
  return { n, k: Math.min(k, most), metric, space: metricSpace(points, dimensions, metric) };
}
