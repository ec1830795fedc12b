import type { ClusterTree } from './condensed-tree.ts';

export type Selection = 'eom' | 'leaf';

export interface SelectionOptions {
  readonly selection: Selection;
  /** Clusters born at a smaller distance are merged into the first ancestor born above it; 0 for off. */
  readonly epsilon: number;
  readonly allowSingleCluster: boolean;
}

/**
 * The flat clustering chosen from the cluster tree, as one flag per cluster.
 *
 * `eom` keeps the set of disjoint clusters of greatest total stability (Campello 2013), `leaf` the leaves.
 * Origin: hdbscan 0.8.44 `get_clusters`, `epsilon_search` (Malzer and Baum 2019). Deviations: sums in double where
 * the reference rounds the subtree's to float32; epsilon looks at clusters in rising order of id, where the
 * reference's order is that of a Python set.
 */
export function selectClusters(tree: ClusterTree, options: SelectionOptions): Uint8Array {
  const chosen =
    options.selection === 'leaf' ? leaves(tree) : excessOfMass(tree, options.allowSingleCluster);
  return options.epsilon > 0 ? mergeBelow(tree, chosen, options) : chosen;
}

function excessOfMass(tree: ClusterTree, allowSingleCluster: boolean): Uint8Array {
  const { parent, stability } = tree;
  const clusters = parent.length;
  const chosen = new Uint8Array(clusters);
  const subtree = new Float64Array(clusters);
  for (let cluster = clusters - 1; cluster >= 0; cluster--) {
    const isCandidate = cluster > 0 || allowSingleCluster;
    const own = stability[cluster]!;
    const keeps = isCandidate && subtree[cluster]! <= own;
    chosen[cluster] = keeps ? 1 : 0;
    if (cluster > 0) {
      const above = parent[cluster]!;
      subtree[above] = subtree[above]! + (keeps ? own : subtree[cluster]!);
    }
  }
  const covered = new Uint8Array(clusters);
  for (let cluster = 1; cluster < clusters; cluster++) {
    const above = parent[cluster]!;
    if (chosen[above] || covered[above]) {
      covered[cluster] = 1;
      chosen[cluster] = 0;
    }
  }
  return chosen;
}

/** Without a split, the reference selects the root, which labels no point unless a single cluster is allowed. */
function leaves(tree: ClusterTree): Uint8Array {
  const chosen = tree.isLeaf.slice();
  if (chosen.length === 1) chosen[0] = 0;
  return chosen;
}

function mergeBelow(tree: ClusterTree, chosen: Uint8Array, options: SelectionOptions): Uint8Array {
  const { parent, birth } = tree;
  if (chosen[0]) return chosen;
  const merged = new Uint8Array(chosen.length);
  const absorbed = new Uint8Array(chosen.length);
  for (let cluster = 1; cluster < chosen.length; cluster++) {
    if (!chosen[cluster]) continue;
    if (1 / birth[cluster]! >= options.epsilon) {
      merged[cluster] = 1;
      continue;
    }
    if (isUnder(parent, cluster, absorbed)) continue;
    const kept = ancestorAbove(tree, cluster, options);
    merged[kept] = 1;
    absorbed[kept] = 1;
  }
  return merged;
}

function isUnder(parent: Int32Array, cluster: number, flags: Uint8Array): boolean {
  for (let at = parent[cluster]!; at >= 0; at = parent[at]!) if (flags[at]) return true;
  return false;
}

function ancestorAbove(tree: ClusterTree, cluster: number, options: SelectionOptions): number {
  let at = cluster;
  for (;;) {
    const above = tree.parent[at]!;
    if (above === 0) return options.allowSingleCluster ? 0 : at;
    at = above;
    if (1 / tree.birth[at]! > options.epsilon) return at;
  }
}
