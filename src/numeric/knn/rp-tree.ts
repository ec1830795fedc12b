import { nextBelow, type RandomState } from '../random/random.ts';
import type { PairFinder } from '../wasm/pair-finder.ts';

/** Points in the order of a tree's leaves; leaf l is order[starts[l]] … order[starts[l + 1] − 1]. */
export interface Leaves {
  readonly order: Int32Array;
  readonly starts: Int32Array;
}

/**
 * One random projection tree: each node is split by the hyperplane midway between two of its points, drawn at random,
 * until no more than `leafSize` are left.
 *
 * Cost: a distance a point and level, about log2(n / leafSize) levels. Deterministic for the state of `random`.
 * Origin: Dasgupta and Freund 2008, as used by pynndescent. A split that leaves less than a tenth on one side (many
 * points lie far from both) is replaced by dealing the points out in turn, which keeps the distant ones mixed.
 */
export function plantTree(
  n: number,
  leafSize: number,
  finder: PairFinder,
  random: RandomState,
): Leaves {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const scratch = new Int32Array(n);
  const starts: number[] = [];
  const stack: (readonly [start: number, end: number])[] = [[0, n]];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const [start, end] = node;
    if (end - start <= leafSize) {
      starts.push(start);
      continue;
    }
    const middle = halve(order, start, end, finder, random, scratch);
    stack.push([middle, end], [start, middle]);
  }
  starts.push(n);
  return { order, starts: Int32Array.from(starts) };
}

/** Partitions order[start … end − 1], keeping the order inside each side; returns where the second begins. */
function halve(
  order: Int32Array,
  start: number,
  end: number,
  finder: PairFinder,
  random: RandomState,
  scratch: Int32Array,
): number {
  const count = end - start;
  const first = nextBelow(random, count);
  const second = (first + 1 + nextBelow(random, count - 1)) % count;
  for (let i = 0; i < count; i++) finder.b[i] = order[start + i]!;
  finder.side(order[start + first]!, order[start + second]!, count);
  const { distances: out } = finder;
  let nearer = 0;
  for (let i = 0; i < count; i++) if (out[i]! > 0) nearer++;
  if (Math.min(nearer, count - nearer) * 10 < count)
    for (let i = 0; i < count; i++) out[i] = (i & 1) - 0.5;
  let low = start;
  let high = 0;
  for (let i = 0; i < count; i++) {
    const point = order[start + i]!;
    if (out[i]! > 0) order[low++] = point;
    else scratch[high++] = point;
  }
  order.set(scratch.subarray(0, high), low);
  return low;
}
