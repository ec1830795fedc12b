import { insertPair, type SortedRows } from '../array/sorted-rows.ts';
import { seedRandom } from '../random/random.ts';
import { type DistanceBlock, openBlock } from '../wasm/distance-block.ts';
import type { DescentPlan } from './descent-plan.ts';
import { type Leaves, plantTree } from './rp-tree.ts';

/** Plants the trees `from` … `to` − 1, each by its own random stream, and offers the points of every leaf to each other. */
export function plantTrees(
  { points, seed, leafSize, graph, order }: DescentPlan,
  part: number,
  from: number,
  to: number,
): void {
  const block = openBlock(points, part);
  for (let tree = from; tree < to; tree++) {
    const leaves = plantTree(points.n, leafSize, block, seedRandom(seed, tree));
    if (tree === 0) order.set(leaves.order);
    joinLeaves(graph, block, leaves);
  }
}

function joinLeaves(graph: SortedRows, block: DistanceBlock, { order, starts }: Leaves): void {
  const { a, b, out } = block;
  const { worst } = graph;
  for (let leaf = 0; leaf + 1 < starts.length; leaf++) {
    const start = starts[leaf]!;
    const count = starts[leaf + 1]! - start;
    for (let i = 0; i < count; i++) {
      a[i] = order[start + i]!;
      b[i] = order[start + i]!;
    }
    const width = block.block(count, count, true);
    for (let i = 0; i < count; i++)
      for (let j = i + 1; j < count; j++) {
        const squared = out[i * width + j]!;
        if (squared <= worst[a[i]!]! || squared <= worst[b[j]!]!)
          insertPair(graph, a[i]!, b[j]!, squared);
      }
  }
}
