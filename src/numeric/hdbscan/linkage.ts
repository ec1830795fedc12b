import { createDisjointSet, findRoot } from '../array/disjoint-set.ts';
import type { SpanningTree } from './spanning-tree.ts';

/** Single linkage in SciPy's form: row i joins nodes left[i] < right[i] into node n + i; nodes below n are points. */
export interface Linkage {
  readonly n: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Mutual reachability distance of the join, rising. */
  readonly distance: Float64Array;
  readonly size: Int32Array;
}

/**
 * Single linkage tree of a spanning tree whose weights are squared: edges by (weight, distance, ends), joined one by one.
 * Cost: one sort. Deterministic. Origin: hdbscan 0.8.44 `label`; deviation: ties have an order (see Prim).
 */
export function singleLinkage(tree: SpanningTree, n: number): Linkage {
  const edges = tree.weight.length;
  const order = sortedEdges(tree);
  const parent = createDisjointSet(n);
  const node = createDisjointSet(n);
  const left = new Int32Array(edges);
  const right = new Int32Array(edges);
  const distance = new Float64Array(edges);
  const size = new Int32Array(edges);
  for (let row = 0; row < edges; row++) {
    const edge = order[row]!;
    const a = findRoot(parent, tree.from[edge]!);
    const b = findRoot(parent, tree.to[edge]!);
    left[row] = Math.min(node[a]!, node[b]!);
    right[row] = Math.max(node[a]!, node[b]!);
    distance[row] = Math.sqrt(tree.weight[edge]!);
    size[row] = nodeSize(size, n, node[a]!) + nodeSize(size, n, node[b]!);
    parent[b] = a;
    node[a] = n + row;
  }
  return { n, left, right, distance, size };
}

export function nodeSize(size: Int32Array, n: number, node: number): number {
  return node < n ? 1 : size[node - n]!;
}

function sortedEdges({ from, to, weight, distance }: SpanningTree): Uint32Array {
  const low = (edge: number) => Math.min(from[edge]!, to[edge]!);
  const high = (edge: number) => Math.max(from[edge]!, to[edge]!);
  return Uint32Array.from(weight.keys()).sort(
    (a, b) =>
      weight[a]! - weight[b]! ||
      distance[a]! - distance[b]! ||
      low(a) - low(b) ||
      high(a) - high(b),
  );
}
