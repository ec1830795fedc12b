import type { NeighborHeap } from '../array/neighbor-heap.ts';
import type { Metric } from '../distance/metric.ts';
import { exactNeighborSteps } from '../knn/exact.ts';
import { type Steps, within } from '../steps.ts';
import { condense } from './condense.ts';
import { type CondensedTree, clusterTree } from './condensed-tree.ts';
import { coreDistances } from './core-distance.ts';
import { exemplars } from './exemplars.ts';
import { labelPoints } from './labels.ts';
import { type Linkage, singleLinkage } from './linkage.ts';
import { outlierScores } from './outlier.ts';
import { persistence } from './persistence.ts';
import { primSteps } from './prim.ts';
import { type SelectionOptions, selectClusters } from './select.ts';
import type { SpanningTree } from './spanning-tree.ts';

/** Everything later questions (levels, prediction, another selection) are answered from, without a rerun. */
export interface Hierarchy {
  readonly n: number;
  readonly dimensions: number;
  readonly metric: Metric;
  readonly minClusterSize: number;
  readonly minSamples: number;
  /** Distance to the minSamples-th other point; Euclidean, for cosine between unit vectors. */
  readonly coreDistances: Float64Array;
  readonly linkage: Linkage;
  readonly tree: CondensedTree;
}

export interface HdbscanResult {
  /** Cluster of each point, −1 for noise; clusters are numbered by size falling, then by first member. */
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

/** Shares of the time at 10,000 × 64. */
const KNN_SHARE = 0.45;
const TREE_SHARE = 0.98;

/** `points` are of the metric's space (unit vectors for cosine), n × dim; `minSamples` below n unless n < 2. */
export function* hierarchySteps(
  points: Float32Array,
  n: number,
  dim: number,
  minSamples: number,
  minClusterSize: number,
  metric: Metric,
): Steps<Hierarchy> {
  const knn: NeighborHeap = yield* within(
    0,
    KNN_SHARE,
    exactNeighborSteps(points, n, dim, minSamples),
  );
  const core = coreDistances(knn, minSamples);
  const spanning: SpanningTree = yield* within(
    KNN_SHARE,
    TREE_SHARE,
    primSteps(points, n, dim, core),
  );
  const linkage = singleLinkage(spanning, n);
  return {
    n,
    dimensions: dim,
    metric,
    minClusterSize,
    minSamples,
    coreDistances: core.map(Math.sqrt),
    linkage,
    tree: condense(linkage, minClusterSize),
  };
}

/** The flat clustering of a hierarchy under one way of selecting. */
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
