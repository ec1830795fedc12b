import type { ClusterTree, CondensedTree } from './condensed-tree.ts';
import { ownerOf } from './labels.ts';

/**
 * The exemplars of each label: the points that stay longest in each leaf under the label's cluster, rising.
 * Origin: hdbscan 0.8.44 `exemplars_`.
 */
export function exemplars(
  tree: CondensedTree,
  summary: ClusterTree,
  selected: Uint8Array,
  clusters: Int32Array,
): Int32Array[] {
  const owner = ownerOf(summary.parent, selected);
  const labelOf = new Map([...clusters].map((cluster, label) => [cluster, label]));
  const members: number[][] = Array.from(clusters, () => []);
  for (let row = 0; row < tree.child.length; row++) {
    const leaf = tree.parent[row]! - tree.n;
    if (tree.child[row]! >= tree.n || !summary.isLeaf[leaf]) continue;
    const label = labelOf.get(owner[leaf]!);
    if (label === undefined || tree.lambda[row]! < summary.maxLambda[leaf]!) continue;
    members[label]?.push(tree.child[row]!);
  }
  return members.map((points) => Int32Array.from(points).sort());
}
