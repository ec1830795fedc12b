import type { CondensedTree } from './condensed-tree.ts';
import { type Linkage, nodeSize } from './linkage.ts';

/**
 * Condenses a single linkage tree: a join of two parts of at least `minClusterSize` points is a split into two
 * clusters; a smaller part consists of points that fall out of the cluster.
 *
 * Cost: O(n). Deterministic. Fresh arrays.
 * Origin: hdbscan 0.8.44 `condense_tree`, same order of rows. Deviations, only where distances are zero: a zero
 * distance counts as an eighth of the least positive distance of the tree (of 1 when there is none), so λ stays finite; and
 * points that coincide are never split between two clusters.
 */
export function condense(linkage: Linkage, minClusterSize: number): CondensedTree {
  const { n, left, right, distance, size } = linkage;
  if (n < 2) return loneTree(n);
  const rows = createRows(2 * n);
  const floor = zeroFloor(distance);
  const relabel = new Int32Array(n - 1);
  const queue = new Int32Array(n - 1);
  const scratch = new Int32Array(n);
  const root = 2 * n - 2;
  relabel[root - n] = n;
  queue[0] = root;
  let clusters = 1;
  for (let head = 0, tail = 1; head < tail; head++) {
    const row = queue[head]! - n;
    const parent = relabel[row]!;
    const lambda = 1 / Math.max(distance[row]!, floor);
    const keepsLeft = nodeSize(size, n, left[row]!) >= minClusterSize;
    const keepsRight = nodeSize(size, n, right[row]!) >= minClusterSize;
    const splits = keepsLeft && keepsRight && distance[row]! > 0;
    const coincides = distance[row] === 0;
    for (let side = 0; side < 2; side++) {
      const node = side === 0 ? left[row]! : right[row]!;
      const keeps = (side === 0 ? keepsLeft : keepsRight) && !coincides;
      if (!keeps) {
        dropPoints(linkage, node, parent, lambda, rows, scratch);
        continue;
      }
      relabel[node - n] = splits ? n + clusters : parent;
      if (splits) {
        pushRow(rows, parent, n + clusters, lambda, nodeSize(size, n, node));
        clusters++;
      }
      queue[tail++] = node;
    }
  }
  return {
    n,
    clusters,
    parent: rows.parent.slice(0, rows.count),
    child: rows.child.slice(0, rows.count),
    lambda: rows.lambda.slice(0, rows.count),
    size: rows.size.slice(0, rows.count),
  };
}

interface Rows {
  readonly parent: Int32Array;
  readonly child: Int32Array;
  readonly lambda: Float64Array;
  readonly size: Int32Array;
  count: number;
}

function createRows(most: number): Rows {
  return {
    parent: new Int32Array(most),
    child: new Int32Array(most),
    lambda: new Float64Array(most),
    size: new Int32Array(most),
    count: 0,
  };
}

function pushRow(rows: Rows, parent: number, child: number, lambda: number, size: number): void {
  rows.parent[rows.count] = parent;
  rows.child[rows.count] = child;
  rows.lambda[rows.count] = lambda;
  rows.size[rows.count] = size;
  rows.count++;
}

/** All points under `node` leave `parent` at `lambda`. */
function dropPoints(
  { n, left, right }: Linkage,
  node: number,
  parent: number,
  lambda: number,
  rows: Rows,
  stack: Int32Array,
): void {
  let depth = 0;
  stack[depth++] = node;
  while (depth > 0) {
    const at = stack[--depth]!;
    if (at < n) pushRow(rows, parent, at, lambda, 1);
    else {
      stack[depth++] = right[at - n]!;
      stack[depth++] = left[at - n]!;
    }
  }
}

/** The distances rise, so the first positive one is the least. */
function zeroFloor(distance: Float64Array): number {
  return (distance.find((value) => value > 0) ?? 1) / 8;
}

/** No point, or one that leaves the root at λ = 1. */
function loneTree(n: number): CondensedTree {
  return {
    n,
    clusters: 1,
    parent: new Int32Array(n).fill(n),
    child: new Int32Array(n),
    lambda: new Float64Array(n).fill(1),
    size: new Int32Array(n).fill(1),
  };
}
