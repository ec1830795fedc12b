import type { ClusterTree, CondensedTree } from './condensed-tree.ts';

/** A flat clustering: per point a label (−1 is noise) and a membership; per label its cluster in the tree. */
export interface Flat {
  readonly labels: Int32Array;
  readonly probabilities: Float32Array;
  /** Cluster of the tree behind each label; labels are ordered by descending size, then by first member. */
  readonly clusters: Int32Array;
  readonly sizes: Int32Array;
}

/**
 * Labels and membership of every point under the selected clusters. A point belongs to the nearest selected
 * ancestor; membership = min(λ of the point, λmax of the cluster) / λmax.
 * Cost: O(n + clusters). Deterministic.
 * Origin: hdbscan 0.8.44 `do_labelling`, `get_probabilities`. Deviation: numbering by size.
 */
export function labelPoints(
  tree: CondensedTree,
  summary: ClusterTree,
  selected: Uint8Array,
  epsilon: number,
): Flat {
  const owner = ownerOf(summary.parent, selected);
  const pointOwner = new Int32Array(tree.n);
  const pointLambda = new Float64Array(tree.n);
  const onlyRoot = selected[0] === 1 && selected.lastIndexOf(1) === 0;
  const rootFloor = epsilon > 0 ? 1 / epsilon : summary.maxLambda[0]!;
  for (let row = 0; row < tree.child.length; row++) {
    const point = tree.child[row]!;
    if (point >= tree.n) continue;
    const cluster = owner[tree.parent[row]! - tree.n]!;
    const lambda = tree.lambda[row]!;
    pointLambda[point] = lambda;
    const isOutsideRoot = cluster === 0 && !(onlyRoot && lambda >= rootFloor);
    pointOwner[point] = isOutsideRoot ? -1 : cluster;
  }
  return number(pointOwner, pointLambda, summary);
}

/** Nearest selected cluster at or above each cluster, −1 if none. */
export function ownerOf(parent: Int32Array, selected: Uint8Array): Int32Array {
  const owner = new Int32Array(parent.length);
  for (let cluster = 0; cluster < parent.length; cluster++) {
    const above = parent[cluster]! < 0 ? -1 : owner[parent[cluster]!]!;
    owner[cluster] = selected[cluster] ? cluster : above;
  }
  return owner;
}

function number(pointOwner: Int32Array, pointLambda: Float64Array, summary: ClusterTree): Flat {
  const count = new Int32Array(summary.parent.length);
  const first = new Int32Array(summary.parent.length);
  for (let point = pointOwner.length - 1; point >= 0; point--) {
    const cluster = pointOwner[point]!;
    if (cluster < 0) continue;
    count[cluster] = count[cluster]! + 1;
    first[cluster] = point;
  }
  const clusters = Int32Array.from(count.keys())
    .filter((cluster) => count[cluster]! > 0)
    .sort((a, b) => count[b]! - count[a]! || first[a]! - first[b]!);
  const labelOf = new Int32Array(summary.parent.length).fill(-1);
  for (let label = 0; label < clusters.length; label++) labelOf[clusters[label]!] = label;
  const labels = new Int32Array(pointOwner.length);
  const probabilities = new Float32Array(pointOwner.length);
  for (let point = 0; point < labels.length; point++) {
    const cluster = pointOwner[point]!;
    labels[point] = cluster < 0 ? -1 : labelOf[cluster]!;
    if (cluster < 0) continue;
    const most = summary.maxLambda[cluster]!;
    probabilities[point] = Math.min(pointLambda[point]!, most) / most;
  }
  return { labels, probabilities, clusters, sizes: clusters.map((cluster) => count[cluster]!) };
}
