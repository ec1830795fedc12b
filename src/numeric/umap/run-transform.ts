import {
  checkChoice,
  checkInteger,
  checkNotNegative,
  checkPoints,
  checkSameLength,
} from '../checks.ts';
import { type Metric, metricSpace } from '../distance/metric.ts';
import { checkGraph } from '../knn/check-graph.ts';
import type { Neighbors } from '../knn/neighbors.ts';
import { NumericError } from '../numeric-error.ts';
import type { StepOptions, Steps } from '../steps.ts';
import { transformSteps } from './transform.ts';

export interface TransformOptions extends StepOptions {
  readonly dimensions: number;
  /** The points of the map. */
  readonly points: Float32Array;
  /** The result of `umap` for them, points × components. */
  readonly map: Float32Array;
  /** Dimensions of the map; default 2. */
  readonly components?: number;
  /** Number of nearest known points to use; default 15, at most their number. */
  readonly neighbors?: number;
  /** As given to `umap`; default 0.1. */
  readonly minDistance?: number;
  /** As given to `umap`; default `euclidean`. */
  readonly metric?: Metric;
  readonly seed: number;
  /**
   * Neighbors of the map's points, as given to `umap`. Above 5,000 points, new points find their neighbors along this graph, which takes a
   * third of the time, with a recall of 99%.
   */
  readonly graph?: Neighbors;
  /** Default 100 up to 10,000 new points, else 30. */
  readonly epochs?: number;
}

export function* runTransform(fresh: Float32Array, options: TransformOptions): Steps<Float32Array> {
  const { dimensions, points, map, graph, seed, components = 2, metric = 'euclidean' } = options;
  const m = checkPoints(fresh, dimensions);
  const n = checkPoints(points, dimensions, 'options.points');
  checkChoice('metric', metric, ['euclidean', 'cosine']);
  checkInteger('components', components, 1);
  checkPoints(map, components, 'map');
  checkSameLength('map', map.length, 'points × components', n * components);
  const plan = {
    components,
    minDistance: options.minDistance ?? 0.1,
    spread: 1,
    epochs: options.epochs ?? (m <= 10_000 ? 100 : 30),
    seed,
    negativeSamples: 5,
    learningRate: 1,
  };
  const neighbors = options.neighbors ?? 15;
  checkInteger('seed', seed, 0);
  checkInteger('neighbors', neighbors, 1);
  checkInteger('epochs', plan.epochs, 0);
  checkNotNegative('minDistance', plan.minDistance);
  if (m === 0) return new Float32Array(0);
  if (n === 0)
    throw new NumericError('invalid_input', 'the map has no points to place new ones by');
  if (graph !== undefined && n > 1) checkGraph(graph, n);
  const both = new Float32Array(points.length + fresh.length);
  both.set(points);
  both.set(fresh, points.length);
  const space = metricSpace(both, dimensions, metric);
  const k = Math.min(neighbors, n);
  return yield* transformSteps(space.points, n, m, space.dim, k, metric, map, graph, plan);
}
