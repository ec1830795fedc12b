import { checkChoice, checkInteger, checkNotNegative, checkPoints } from './checks.ts';
import { type Metric, metricSpace } from './distance/metric.ts';
import { type HdbscanResult, hierarchySteps, selectFlat } from './hdbscan/hdbscan-steps.ts';
import type { Selection } from './hdbscan/select.ts';
import { exactNeighborSteps } from './knn/exact.ts';
import { type Neighbors, toNeighbors } from './knn/neighbors.ts';
import { finish, type StepOptions, type Steps } from './steps.ts';

export type { HdbscanResult, Hierarchy } from './hdbscan/hdbscan-steps.ts';
export type { Neighbors } from './knn/neighbors.ts';
export type { StepOptions, Steps } from './steps.ts';

export interface NeighborOptions extends StepOptions {
  readonly dimensions: number;
  /** Neighbours of each point, itself not counted; cut to n − 1. */
  readonly k: number;
  /** Default `euclidean`. */
  readonly metric?: Metric;
}

/**
 * The k nearest other points of every point, by brute force: n² / 2 distances; meant for up to 20,000 points.
 * Equal distances go by lower index. For cosine, zero rows are at distance 0 from each other and 1 from the rest.
 * Throws `NumericError` on a ragged length, NaN, infinity or k < 1.
 */
export function exactNeighbors(points: Float32Array, options: NeighborOptions): Neighbors {
  const metric = options.metric ?? 'euclidean';
  checkChoice('metric', metric, ['euclidean', 'cosine']);
  const n = checkPoints(points, options.dimensions);
  checkInteger('k', options.k, 1);
  const space = metricSpace(points, options.dimensions, metric);
  const k = Math.min(options.k, Math.max(n - 1, 0));
  return toNeighbors(finish(exactNeighborSteps(space.points, n, space.dim, k), options), metric);
}

export interface HdbscanOptions extends StepOptions {
  readonly dimensions: number;
  /** Default `euclidean`. `cosine` clusters the unit vectors by Euclidean distance. */
  readonly metric?: Metric;
  /** Fewest points of a cluster, 2 or more. */
  readonly minClusterSize: number;
  /** Which neighbour's distance is a point's core distance, itself not counted. Default minClusterSize; cut to n − 1. */
  readonly minSamples?: number;
  /** Excess of mass (default) or the leaves of the tree. */
  readonly selection?: Selection;
  /** Clusters that split off below this distance are merged back. Default 0, off. */
  readonly epsilon?: number;
  /** Default false: the whole of the points is no cluster. */
  readonly allowSingleCluster?: boolean;
}

/**
 * HDBSCAN*: clusters of any shape and density, and noise. Labels, memberships and scores equal those of Python's
 * hdbscan 0.8.44 up to renaming and to edges of equal weight, which go by raw distance here.
 * Fewer than two points, or points that all coincide, are noise. Throws `NumericError` on a ragged length, NaN,
 * infinity, or an option out of range; `aborted` when the signal is.
 */
export function hdbscan(points: Float32Array, options: HdbscanOptions): HdbscanResult {
  return finish(hdbscanSteps(points, options), options);
}

/** `hdbscan` in bounded steps, for a worker or a screen that shows progress. */
export function* hdbscanSteps(points: Float32Array, options: HdbscanOptions): Steps<HdbscanResult> {
  const metric = options.metric ?? 'euclidean';
  const selection = options.selection ?? 'eom';
  const epsilon = options.epsilon ?? 0;
  checkChoice('metric', metric, ['euclidean', 'cosine']);
  checkChoice('selection', selection, ['eom', 'leaf']);
  const n = checkPoints(points, options.dimensions);
  checkInteger('minClusterSize', options.minClusterSize, 2);
  const minSamples = options.minSamples ?? options.minClusterSize;
  checkInteger('minSamples', minSamples, 1);
  checkNotNegative('epsilon', epsilon);
  const space = metricSpace(points, options.dimensions, metric);
  const hierarchy = yield* hierarchySteps(
    space.points,
    n,
    space.dim,
    Math.min(minSamples, Math.max(n - 1, 0)),
    options.minClusterSize,
    metric,
  );
  return selectFlat(hierarchy, {
    selection,
    epsilon,
    allowSingleCluster: options.allowSingleCluster ?? false,
  });
}
