import type { ClusterTree, CondensedTree } from './condensed-tree.ts';

/**
 * GLOSH outlier score of every point, from 0 (as dense as the densest part of its cluster) to 1:
 * (λmax of the cluster and all below it − λ of the point) / λmax. Needs no selection.
 * Origin: Campello 2015, hdbscan 0.8.44 `outlier_scores`.
 */
export function outlierScores(tree: CondensedTree, summary: ClusterTree): Float32Array {
  const deepest = summary.maxLambda.slice();
  for (let cluster = deepest.length - 1; cluster > 0; cluster--) {
    const above = summary.parent[cluster]!;
    deepest[above] = Math.max(deepest[above]!, deepest[cluster]!);
  }
  const scores = new Float32Array(tree.n);
  for (let row = 0; row < tree.child.length; row++) {
    const point = tree.child[row]!;
    if (point >= tree.n) continue;
    const most = deepest[tree.parent[row]! - tree.n]!;
    scores[point] = (most - tree.lambda[row]!) / most;
  }
  return scores;
}
