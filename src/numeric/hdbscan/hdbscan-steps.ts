import type { NeighborHeap } from '../array/neighbor-heap.ts';
import type { Metric } from '../distance/metric.ts';
import { type MeasuredGraph, nearestSteps } from '../knn/nearest.ts';
import { createSearch } from '../knn/neighbor-search.ts';
import type { ParallelSteps } from '../parallel/parallel-steps.ts';
import { type Steps, within } from '../steps.ts';
import { boruvkaSteps } from './boruvka.ts';
import { condense } from './condense.ts';
import { type CondensedTree, clusterTree } from './condensed-tree.ts';
import { coreDistances } from './core-distance.ts';
import { exemplars } from './exemplars.ts';
import { joinSteps } from './join.ts';
import { labelPoints } from './labels.ts';
import { type Linkage, singleLinkage } from './linkage.ts';
import { outlierScores } from './outlier.ts';
import { persistence } from './persistence.ts';
import { primSteps } from './prim.ts';
import { type SelectionOptions, selectClusters } from './select.ts';
import { createSpanningTree, type SpanningTree } from './spanning-tree.ts';

/** The data for later queries (levels, prediction, another selection) without a rerun. */
export interface Hierarchy {
  readonly n: number;
  readonly dimensions: number;
  readonly metric: Metric;
  readonly minClusterSize: number;
  readonly minSamples: number;
  /** Recall of the neighbor graph: 1 if exact, otherwise estimated; null for a given graph. */
  readonly recall: number | null;
  /** Distance to the minSamples-th other point; Euclidean, for cosine between unit vectors. */
  readonly coreDistances: Float64Array;
  readonly linkage: Linkage;
  readonly tree: CondensedTree;
}

export interface HdbscanResult {
  /** Cluster of each point, −1 for noise; clusters are numbered by descending size, then by first member. */
  readonly labels: Int32Array;
  /** Strength of membership, 0 to 1; 0 for noise. */
  readonly probabilities: Float32Array;
  /** GLOSH, 0 to 1. */
  readonly outlierScores: Float32Array;
  /** Per cluster, 0 to 1. */
  readonly persistence: Float32Array;
  /** Per cluster, the points at its densest places. */
  readonly exemplars: readonly Int32Array[];
  /** Per cluster, its id in `hierarchy.tree`. */
  readonly clusters: Int32Array;
  readonly hierarchy: Hierarchy;
}

export interface HierarchyOptions {
  /** Input columns; the space of a metric may have one more. */
  readonly dimensions: number;
  readonly metric: Metric;
  /** Below n unless n < 2. */
  readonly minSamples: number;
  readonly minClusterSize: number;
  /** Seed of the approximate neighbor graph. */
  readonly seed: number;
  /** Maximum number of points for which the spanning tree is exact; beyond, it is that of the neighbor graph. */
  readonly exactUpTo: number;
}

/** A sorted neighbor graph of at least minSamples. */
export interface HierarchyGraph {
  readonly graph: NeighborHeap;
  /** 1 if exact, otherwise estimated; null for a given graph. */
  readonly recall: number | null;
}

/** Neighbors beyond minSamples in the graph of an approximate tree; with fewer, more clusters fall into two. */
const SPARE_NEIGHBORS = 5;
const LEAST_NEIGHBORS = 20;
/** Maximum number of distinct points whose graph is searched by brute force, which takes a second at 10,000 × 256. */
const EXACT_GRAPH = 10_000;

const TREE_SHARE = 0.96;

/** Computes the graph for `hierarchySteps`; with 0 `workers`, in this thread. */
export function graphSteps(
  points: Float32Array,
  n: number,
  dim: number,
  { minSamples, exactUpTo, seed }: HierarchyOptions,
  workers: number,
): ParallelSteps<MeasuredGraph> {
  const wide = Math.min(
    Math.max(minSamples + SPARE_NEIGHBORS, LEAST_NEIGHBORS),
    Math.max(n - 1, 0),
  );
  const k = n <= exactUpTo ? minSamples : wide;
  const most = Math.max(exactUpTo, EXACT_GRAPH);
  return nearestSteps(createSearch(points, n, dim, k, seed, most, workers));
}

/** `points` are of the metric's space (unit vectors for cosine), n × dim. */
export function* hierarchySteps(
  points: Float32Array,
  n: number,
  dim: number,
  { graph, recall }: HierarchyGraph,
  options: HierarchyOptions,
): Steps<Hierarchy> {
  const { minSamples, minClusterSize, metric } = options;
  const isExact = n <= options.exactUpTo;
  const core = coreDistances(graph, minSamples);
  const spanning = yield* within(
    0,
    TREE_SHARE,
    isExact ? primSteps(points, n, dim, core) : graphTreeSteps(points, n, dim, graph, core),
  );
  const linkage = singleLinkage(spanning, n);
  return {
    n,
    dimensions: options.dimensions,
    metric,
    minClusterSize,
    minSamples,
    recall,
    coreDistances: core.map(Math.sqrt),
    linkage,
    tree: condense(linkage, minClusterSize),
  };
}

/** The spanning forest of the neighbor graph, joined to one tree. */
function* graphTreeSteps(
  points: Float32Array,
  n: number,
  dim: number,
  graph: NeighborHeap,
  core: Float64Array,
): Steps<SpanningTree> {
  const tree = createSpanningTree(n);
  const forest = yield* within(0, 0.5, boruvkaSteps(graph, core, tree));
  yield* within(0.5, 1, joinSteps(points, dim, graph, core, forest));
  return tree;
}

/** The flat clustering of a hierarchy with one selection method. */
export function selectFlat(hierarchy: Hierarchy, options: SelectionOptions): HdbscanResult {
  const { tree } = hierarchy;
  const summary = clusterTree(tree);
  const selected = selectClusters(summary, options);
  const flat = labelPoints(tree, summary, selected, options.epsilon);
  return {
    labels: flat.labels,
    probabilities: flat.probabilities,
    outlierScores: outlierScores(tree, summary),
    persistence: persistence(summary, flat.clusters, flat.sizes),
    exemplars: exemplars(tree, summary, selected, flat.clusters),
    clusters: flat.clusters.map((cluster) => cluster + tree.n),
    hierarchy,
  };
}
