import {
  checkChoice,
  checkInteger,
  checkNotNegative,
  checkPoints,
  checkSameLength,
} from '../checks.ts';
import { type Metric, metricSpace } from '../distance/metric.ts';
import type { MetricSpace } from '../distance/metric-space.ts';
import { fromNeighbors } from '../knn/from-neighbors.ts';
import type { Neighbors } from '../knn/neighbors.ts';
import { runHere } from '../parallel/parallel-steps.ts';
import { type KernelPool, runOnPool } from '../parallel/pool.ts';
import { finish, type StepOptions, type Steps, within } from '../steps.ts';
import { condense } from './condense.ts';
import {
  graphSteps,
  type HdbscanResult,
  type Hierarchy,
  type HierarchyGraph,
  type HierarchyOptions,
  hierarchySteps,
  selectFlat,
} from './hdbscan-steps.ts';
import { type Prediction, predictLabels } from './predict.ts';
import type { Selection, SelectionOptions } from './select.ts';

const EXACT_TREE = 5000;

export interface HdbscanOptions extends StepOptions {
  readonly dimensions: number;
  /** Default `euclidean`. `cosine` clusters the unit vectors by Euclidean distance. */
  readonly metric?: Metric;
  /** Minimum points of a cluster, 2 or more. */
  readonly minClusterSize: number;
  /** Which neighbor's distance is a point's core distance, not counting itself. Default minClusterSize; at most n − 1. */
  readonly minSamples?: number;
  /** Excess of mass (default) or the leaves of the tree. */
  readonly selection?: Selection;
  /** Clusters that split off below this distance are merged back. Default 0, off. */
  readonly epsilon?: number;
  /** Whether all points may form a single cluster. Default false. */
  readonly allowSingleCluster?: boolean;
  /** Most points for which the tree is exact. Default 5,000; beyond, it is grown on a neighbor graph. */
  readonly exactUpTo?: number;
  /** Seed of the neighbor graph, which is approximate above 10,000 distinct points. Default 0. */
  readonly seed?: number;
  /** A neighbor graph in the same metric with k ≥ minSamples, which saves the search; k = 20 gives a good tree above `exactUpTo` points. */
  readonly neighbors?: Neighbors;
}

export function* runHdbscan(points: Float32Array, options: HdbscanOptions): Steps<HdbscanResult> {
  const { space, n, plan, selection, known } = prepare(points, options);
  const graph =
    known ??
    (yield* within(0, GRAPH_SHARE, runHere(graphSteps(space.points, n, space.dim, plan, 0))));
  const steps = hierarchySteps(space.points, n, space.dim, graph, plan);
  return selectFlat(yield* within(GRAPH_SHARE, 1, steps), selection);
}

export async function runHdbscanOnPool(
  points: Float32Array,
  options: HdbscanOptions,
  pool: KernelPool,
): Promise<HdbscanResult> {
  const { signal, onProgress } = options;
  const { space, n, plan, selection, known } = prepare(points, options);
  const graph =
    known ??
    (await runOnPool(graphSteps(space.points, n, space.dim, plan, pool.size), pool, {
      signal,
      onProgress: (share) => onProgress?.(GRAPH_SHARE * share),
    }));
  const steps = hierarchySteps(space.points, n, space.dim, graph, plan);
  const hierarchy = finish(within(GRAPH_SHARE, 1, steps), { signal, onProgress });
  return selectFlat(hierarchy, selection);
}

/** Share of the progress for the neighbor search. */
const GRAPH_SHARE = 0.5;

interface Prepared {
  readonly space: MetricSpace;
  readonly n: number;
  readonly plan: HierarchyOptions;
  readonly selection: SelectionOptions;
  /** The given graph. */
  readonly known: HierarchyGraph | null;
}

function prepare(points: Float32Array, options: HdbscanOptions): Prepared {
  const { metric = 'euclidean', selection = 'eom', epsilon = 0, neighbors } = options;
  const { minClusterSize, minSamples = minClusterSize, exactUpTo = EXACT_TREE } = options;
  checkChoice('metric', metric, ['euclidean', 'cosine']);
  checkChoice('selection', selection, ['eom', 'leaf']);
  const n = checkPoints(points, options.dimensions);
  checkInteger('minClusterSize', minClusterSize, 2);
  checkInteger('minSamples', minSamples, 1);
  checkNotNegative('epsilon', epsilon);
  checkInteger('exactUpTo', exactUpTo, 0);
  const space = metricSpace(points, options.dimensions, metric);
  const samples = Math.min(minSamples, Math.max(n - 1, 0));
  if (neighbors) checkInteger('neighbors.k', neighbors.k, samples);
  return {
    space,
    n,
    plan: {
      dimensions: options.dimensions,
      metric,
      minSamples: samples,
      minClusterSize,
      seed: options.seed ?? 0,
      exactUpTo,
    },
    selection: { selection, epsilon, allowSingleCluster: options.allowSingleCluster ?? false },
    known: neighbors
      ? { graph: fromNeighbors(space.points, n, space.dim, neighbors), recall: null }
      : null,
  };
}

export interface SelectOptions {
  readonly selection?: Selection;
  readonly epsilon?: number;
  readonly allowSingleCluster?: boolean;
  /** Condense again with another size; default the hierarchy's own. */
  readonly minClusterSize?: number;
}

export function runSelect(hierarchy: Hierarchy, options: SelectOptions): HdbscanResult {
  const { selection = 'eom', epsilon = 0, minClusterSize = hierarchy.minClusterSize } = options;
  checkChoice('selection', selection, ['eom', 'leaf']);
  checkNotNegative('epsilon', epsilon);
  checkInteger('minClusterSize', minClusterSize, 2);
  const same = minClusterSize === hierarchy.minClusterSize;
  const tree = same ? hierarchy.tree : condense(hierarchy.linkage, minClusterSize);
  return selectFlat(
    { ...hierarchy, minClusterSize, tree },
    { selection, epsilon, allowSingleCluster: options.allowSingleCluster ?? false },
  );
}

export function runPredict(
  points: Float32Array,
  newPoints: Float32Array,
  result: HdbscanResult,
): Prediction {
  const { dimensions, metric, n } = result.hierarchy;
  checkSameLength('points', checkPoints(points, dimensions), 'the clustering', n);
  checkPoints(newPoints, dimensions, 'newPoints');
  const both = new Float32Array(points.length + newPoints.length);
  both.set(points);
  both.set(newPoints, points.length);
  const space = metricSpace(both, dimensions, metric);
  return predictLabels(space.points, space.dim, result);
}
