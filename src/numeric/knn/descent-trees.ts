import { insertPair, type SortedRows } from '../array/sorted-rows.ts';
import { seedRandom } from '../random/random.ts';
import { openFinder, type PairFinder } from '../wasm/pair-finder.ts';
import type { DescentPlan } from './descent-plan.ts';
import { type Leaves, plantTree } from './rp-tree.ts';

/** Plants the trees `from` … `to` − 1, each by its own random stream, and offers the points of every leaf to each other. */
export function plantTrees(
  { points, seed, leafSize, graph }: DescentPlan,
  part: number,
  from: number,
  to: number,
): void {
  const finder = openFinder(points, part);
  for (let tree = from; tree < to; tree++)
    joinLeaves(graph, finder, plantTree(points.n, leafSize, finder, seedRandom(seed, tree)));
}

function joinLeaves(graph: SortedRows, finder: PairFinder, { order, starts }: Leaves): void {
  const { a, aBounds, b, bBounds, pairs, distances } = finder;
  const { worst } = graph;
  for (let leaf = 0; leaf + 1 < starts.length; leaf++) {
    const start = starts[leaf]!;
    const count = starts[leaf + 1]! - start;
    for (let i = 0; i < count; i++) {
      const point = order[start + i]!;
      a[i] = point;
      b[i] = point;
      aBounds[i] = worst[point]!;
      bBounds[i] = worst[point]!;
    }
    const found = finder.find(count, count, true);
    for (let at = 0; at < found; at++) {
      const pair = pairs[at]!;
      insertPair(graph, a[pair >>> 16]!, b[pair & 0xffff]!, distances[at]!);
    }
  }
}
