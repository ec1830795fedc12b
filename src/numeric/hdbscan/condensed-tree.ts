/**
 * The hierarchy of clusters of at least `minClusterSize` points. Row i: `child` leaves `parent` at density
 * `lambda` = 1 / distance. Ids below n are points, n is the root cluster, higher ids are clusters, parents before
 * children. Every point has exactly one row.
 */
export interface CondensedTree {
  readonly n: number;
  readonly parent: Int32Array;
  readonly child: Int32Array;
  readonly lambda: Float64Array;
  readonly size: Int32Array;
  readonly clusters: number;
}

/** The clusters alone, indexed from 0 (the root, id n). */
export interface ClusterTree {
  readonly parent: Int32Array;
  readonly birth: Float64Array;
  readonly size: Int32Array;
  /** Excess of mass: Σ over the points of (λ at which it leaves − λ of birth). */
  readonly stability: Float64Array;
  /** Highest λ of the cluster's own rows. */
  readonly maxLambda: Float64Array;
  readonly isLeaf: Uint8Array;
}

export function clusterTree(tree: CondensedTree): ClusterTree {
  const { n, clusters } = tree;
  const parent = new Int32Array(clusters).fill(-1);
  const birth = new Float64Array(clusters);
  const size = new Int32Array(clusters);
  const isLeaf = new Uint8Array(clusters).fill(1);
  size[0] = n;
  for (let row = 0; row < tree.child.length; row++) {
    const cluster = tree.child[row]! - n;
    if (cluster < 0) continue;
    parent[cluster] = tree.parent[row]! - n;
    birth[cluster] = tree.lambda[row]!;
    size[cluster] = tree.size[row]!;
    isLeaf[parent[cluster]!] = 0;
  }
  const stability = new Float64Array(clusters);
  const maxLambda = new Float64Array(clusters);
  for (let row = 0; row < tree.child.length; row++) {
    const cluster = tree.parent[row]! - n;
    const lambda = tree.lambda[row]!;
    stability[cluster] = stability[cluster]! + (lambda - birth[cluster]!) * tree.size[row]!;
    if (lambda > maxLambda[cluster]!) maxLambda[cluster] = lambda;
  }
  return { parent, birth, size, stability, maxLambda, isLeaf };
}
