import { insertPair, type SortedRows } from '../array/sorted-rows.ts';
import { type DistanceBlock, openBlock } from '../wasm/distance-block.ts';
import { CANDIDATES, type Candidates, type DescentPlan } from './descent-plan.ts';

/** Tries the fresh candidates of the points at places `from` … `to` − 1 for each other and for the known ones. */
export function joinCandidates(
  { points, graph, lists, order }: DescentPlan,
  part: number,
  from: number,
  to: number,
): void {
  const block = openBlock(points, part);
  const bounds = new Float32Array(2 * CANDIDATES);
  for (let place = from; place < to; place++) localJoin(graph, block, lists, order[place]!, bounds);
}

function localJoin(
  graph: SortedRows,
  block: DistanceBlock,
  lists: Candidates,
  point: number,
  bounds: Float32Array,
): void {
  const { a, b, out } = block;
  const { worst } = graph;
  const fresh = Math.min(lists.freshOffered[point]!, CANDIDATES);
  if (fresh === 0) return;
  const known = Math.min(lists.knownOffered[point]!, CANDIDATES);
  const start = point * CANDIDATES;
  for (let i = 0; i < fresh; i++) {
    a[i] = lists.fresh[start + i]!;
    b[i] = lists.fresh[start + i]!;
  }
  for (let i = 0; i < known; i++) b[fresh + i] = lists.known[start + i]!;
  const count = fresh + known;
  const width = block.block(fresh, count, true);
  // Bounds read once a point: the loop over the pairs then runs over arrays in cache. They only fall, so nothing is missed.
  for (let j = 0; j < count; j++) bounds[j] = worst[b[j]!]!;
  for (let i = 0; i < fresh; i++) {
    const bound = bounds[i]!;
    for (let j = i + 1; j < count; j++) {
      const squared = out[i * width + j]!;
      if ((squared <= bound || squared <= bounds[j]!) && a[i] !== b[j])
        insertPair(graph, a[i]!, b[j]!, squared);
    }
  }
}
