import type { EqualRows } from '../array/equal-rows.ts';
import { createNeighborHeap, type NeighborHeap } from '../array/neighbor-heap.ts';

/**
 * The k nearest of all points from the nearest of the distinct ones: a point has its equals first, then the points that each
 * neighbor stands for; equal distances by lower index. `near` is sorted and names each group by its first point.
 * Exact if `near` is: a point left out is preceded by k others, of nearer groups or of equally near ones with a lower first point.
 */
export function spreadGroups(near: NeighborHeap, groups: EqualRows, k: number): NeighborHeap {
  const { count, groupOf, starts, members } = groups;
  const all = createNeighborHeap(groupOf.length, k);
  const row = createNeighborHeap(1, k);
  for (let group = 0; group < count; group++) {
    const start = starts[group]!;
    const end = starts[group + 1]!;
    const equals = Math.min(end - start - 1, k);
    listOthers(near, groups, group, row, k - equals);
    for (let at = start; at < end; at++) {
      const to = members[at]! * k;
      for (let own = start, place = to; place < to + equals; own++)
        if (own !== at) all.indices[place++] = members[own]!;
      all.distances.fill(0, to, to + equals);
      all.indices.set(row.indices.subarray(0, k - equals), to + equals);
      all.distances.set(row.distances.subarray(0, k - equals), to + equals);
    }
  }
  return all;
}

/** The first `count` points that the neighbors of a group stand for. */
function listOthers(
  near: NeighborHeap,
  { groupOf, starts, members }: EqualRows,
  group: number,
  row: NeighborHeap,
  count: number,
): void {
  const end = (group + 1) * near.k;
  let filled = 0;
  for (let at = group * near.k; at < end && filled < count; ) {
    const distance = near.distances[at]!;
    const tied: number[] = [];
    let neighbors = 0;
    for (; at < end && near.distances[at] === distance; at++, neighbors++) {
      const other = groupOf[near.indices[at]!]!;
      for (let place = starts[other]!; place < starts[other + 1]!; place++)
        tied.push(members[place]!);
    }
    if (neighbors > 1) tied.sort((a, b) => a - b);
    for (let i = 0; i < tied.length && filled < count; i++) {
      row.indices[filled] = tied[i]!;
      row.distances[filled++] = distance;
    }
  }
}
