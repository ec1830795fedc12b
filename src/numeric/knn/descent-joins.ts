import { insertPair, type SortedRows } from '../array/sorted-rows.ts';
import { openFinder, type PairFinder } from '../wasm/pair-finder.ts';
import { CANDIDATES, type Candidates, type DescentPlan } from './descent-plan.ts';

/** Tries the fresh candidates of the points `from` … `to` − 1 for each other and for the known ones. */
export function joinCandidates(
  { points, graph, lists }: DescentPlan,
  part: number,
  from: number,
  to: number,
): void {
  const finder = openFinder(points, part);
  for (let point = from; point < to; point++) localJoin(graph, finder, lists, point);
}

function localJoin(graph: SortedRows, finder: PairFinder, lists: Candidates, point: number): void {
  const { a, aBounds, b, bBounds, pairs, distances } = finder;
  const { worst } = graph;
  const fresh = Math.min(lists.freshOffered[point]!, CANDIDATES);
  if (fresh === 0) return;
  const known = Math.min(lists.knownOffered[point]!, CANDIDATES);
  const start = point * CANDIDATES;
  // Bounds are read once a point. They only fall, so nothing is missed.
  for (let i = 0; i < fresh; i++) {
    const candidate = lists.fresh[start + i]!;
    a[i] = candidate;
    b[i] = candidate;
    aBounds[i] = worst[candidate]!;
    bBounds[i] = worst[candidate]!;
  }
  for (let i = 0; i < known; i++) {
    const candidate = lists.known[start + i]!;
    b[fresh + i] = candidate;
    bBounds[fresh + i] = worst[candidate]!;
  }
  const found = finder.find(fresh, fresh + known, true);
  for (let at = 0; at < found; at++) {
    const pair = pairs[at]!;
    const one = a[pair >>> 16]!;
    const other = b[pair & 0xffff]!;
    if (one !== other) insertPair(graph, one, other, distances[at]!);
  }
}
