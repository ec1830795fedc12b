import { type ClusterTree, type CondensedTree, clusterTree } from './condensed-tree.ts';
import { labelPoints } from './labels.ts';

/** One granularity. Every cluster lies inside one cluster of the next coarser layer. */
export interface Layer {
  readonly labels: Int32Array;
  readonly probabilities: Float32Array;
  readonly clusters: number;
  /** Parent of each cluster in the next layer; empty for the coarsest layer. */
  readonly parents: Int32Array;
}

/**
 * Nested groupings of one condensed tree, from the finest (its leaves) to the coarsest (about two clusters); empty without a split.
 *
 * The strength of a split is the excess of mass of its weaker side, but at least that of any split below it. Undoing splits from
 * the weakest up gives one grouping per number of clusters; from each halving of that number the one before the
 * largest jump in strength is kept, so that there are about log2(leaves) layers. Ties go to the finer one.
 *
 * Cost: O(clusters log clusters + layers × n). Deterministic. Our own method; EVoC 0.3 builds its layers in a similar way, from a barcode of minimum
 * cluster sizes.
 */
export function layersOf(tree: CondensedTree): Layer[] {
  const summary = clusterTree(tree);
  const undone = splitsByStrength(summary);
  const flats = chooseCounts(undone, summary).map((count) => {
    const selected = antichain(summary, undone, count);
    return labelPoints(tree, summary, selected, 0);
  });
  return flats.map((flat, index) => ({
    labels: flat.labels,
    probabilities: flat.probabilities,
    clusters: flat.clusters.length,
    parents: parentsIn(flat.labels, flat.clusters.length, flats[index + 1]?.labels),
  }));
}

interface Splits {
  /** Clusters that split, weakest first, descendants before ancestors. */
  readonly order: Int32Array;
  readonly strength: Float64Array;
}

function splitsByStrength({ parent, stability, isLeaf }: ClusterTree): Splits {
  const clusters = parent.length;
  const mass = stability.slice();
  const weaker = new Float64Array(clusters).fill(Number.POSITIVE_INFINITY);
  const below = new Float64Array(clusters);
  for (let cluster = clusters - 1; cluster > 0; cluster--) {
    const above = parent[cluster]!;
    if (!isLeaf[cluster]) below[cluster] = Math.max(below[cluster]!, weaker[cluster]!);
    mass[above] = mass[above]! + mass[cluster]!;
    weaker[above] = Math.min(weaker[above]!, mass[cluster]!);
    below[above] = Math.max(below[above]!, below[cluster]!);
  }
  if (!isLeaf[0]) below[0] = Math.max(below[0]!, weaker[0]!);
  const order = Int32Array.from(parent.keys())
    .filter((cluster) => !isLeaf[cluster])
    .sort((a, b) => below[a]! - below[b]! || b - a);
  return { order, strength: below };
}

/** Numbers of undone splits to show. The last split, the root's, is never undone. */
function chooseCounts({ order, strength }: Splits, summary: ClusterTree): number[] {
  const leaves = summary.isLeaf.reduce((sum, leaf) => sum + leaf, 0);
  if (order.length === 0) return [];
  const counts = [0];
  let most = Math.floor(leaves / 2);
  while (most >= 2) {
    const least = Math.max(2, Math.ceil((most + 1) / 2));
    let best = -1;
    let bestJump = Number.NEGATIVE_INFINITY;
    for (
      let undone = leaves - most;
      undone <= Math.min(leaves - least, order.length - 1);
      undone++
    ) {
      const jump = strength[order[undone]!]! / strength[order[undone - 1]!]!;
      if (jump > bestJump) {
        best = undone;
        bestJump = jump;
      }
    }
    if (best >= 0) counts.push(best);
    most = least - 1;
  }
  return counts;
}

/** The topmost clusters whose own split is undone, or that are leaves. */
function antichain({ parent, isLeaf }: ClusterTree, { order }: Splits, undone: number): Uint8Array {
  const closed = isLeaf.slice();
  for (let i = 0; i < undone; i++) closed[order[i]!] = 1;
  const selected = new Uint8Array(parent.length);
  const covered = new Uint8Array(parent.length);
  for (let cluster = 0; cluster < parent.length; cluster++) {
    const above = parent[cluster]!;
    if (above >= 0 && (covered[above] || selected[above])) covered[cluster] = 1;
    else if (closed[cluster]) selected[cluster] = 1;
  }
  return selected;
}

function parentsIn(
  labels: Int32Array,
  clusters: number,
  coarser: Int32Array | undefined,
): Int32Array {
  if (!coarser) return new Int32Array(0);
  const parents = new Int32Array(clusters);
  labels.forEach((label, point) => {
    if (label >= 0) parents[label] = coarser[point]!;
  });
  return parents;
}
