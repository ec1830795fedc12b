import type { ClusterTree } from './condensed-tree.ts';

/**
 * Stability of each label's cluster relative to its maximum: stability / (members × highest λ of the tree), 0 to 1.
 * Origin: hdbscan 0.8.44 `get_stability_scores`.
 */
export function persistence(
  summary: ClusterTree,
  clusters: Int32Array,
  sizes: Int32Array,
): Float32Array {
  let most = 0;
  for (const lambda of summary.maxLambda) most = Math.max(most, lambda);
  return Float32Array.from(
    clusters,
    (cluster, label) => summary.stability[cluster]! / (sizes[label]! * most),
  );
}
