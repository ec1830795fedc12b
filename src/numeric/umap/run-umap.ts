import {
  checkChoice,
  checkInteger,
  checkNotNegative,
  checkPoints,
  checkSameLength,
} from '../checks.ts';
import { type Metric, metricSpace } from '../distance/metric.ts';
import { exactNeighborSteps } from '../knn/exact.ts';
import { type Neighbors, toNeighbors } from '../knn/neighbors.ts';
import { type StepOptions, type Steps, within } from '../steps.ts';
import { umapSteps } from './umap-steps.ts';

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
  /** Neighbours known already, in `metric`; default `exactNeighbors`. */
  readonly graph?: Neighbors;
}

export function* runUmap(points: Float32Array, options: UmapOptions): Steps<Float32Array> {
  const { dimensions, seed, graph } = options;
  const metric = options.metric ?? 'euclidean';
  checkChoice('metric', metric, ['euclidean', 'cosine']);
  const n = checkPoints(points, dimensions);
  checkInteger('seed', seed, 0);
  const plan = {
    components: options.components ?? 2,
    minDistance: options.minDistance ?? 0.1,
    spread: 1,
    epochs: options.epochs ?? (n <= 10_000 ? 500 : 200),
    seed,
    negativeSamples: 5,
    learningRate: 1,
  };
  const size = options.neighbors ?? 15;
  checkInteger('components', plan.components, 1);
  checkInteger('neighbors', size, 2);
  checkInteger('epochs', plan.epochs, 0);
  checkNotNegative('minDistance', plan.minDistance);
  if (n < 2) return new Float32Array(n * plan.components);
  const space = metricSpace(points, dimensions, metric);
  if (graph !== undefined) checkGraph(graph, n);
  const neighbors =
    graph ??
    toNeighbors(
      yield* within(
        0,
        0.2,
        exactNeighborSteps(space.points, n, space.dim, Math.min(size - 1, n - 1)),
      ),
      metric,
    );
  return yield* within(0.2, 1, umapSteps(space.points, n, space.dim, neighbors, plan));
}

function checkGraph({ k, indices, distances }: Neighbors, n: number): void {
  checkInteger('graph.k', k, 1);
  checkSameLength('graph.indices', indices.length, 'n × k', n * k);
  checkSameLength('graph.distances', distances.length, 'n × k', n * k);
  for (const index of indices) checkInteger('graph.indices', index, 0, n - 1);
}
