/**
 * Edges of a minimum spanning tree of the mutual reachability graph, n − 1 of them, in any order.
 * `weight` = max(core(a), core(b), |a − b|) and `distance` = |a − b|, both squared until the linkage.
 */
export interface SpanningTree {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weight: Float64Array;
  readonly distance: Float64Array;
}

export function createSpanningTree(n: number): SpanningTree {
  const edges = Math.max(n - 1, 0);
  return {
    from: new Int32Array(edges),
    to: new Int32Array(edges),
    weight: new Float64Array(edges),
    distance: new Float64Array(edges),
  };
}
