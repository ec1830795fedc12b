import type { EqualRows } from '../array/equal-rows.ts';
import { type NeighborHeap, pushNeighbor, sortNeighborHeap } from '../array/neighbor-heap.ts';
import type { SortedRows } from '../array/sorted-rows.ts';
import { leastTrue, mostFound, openFinder, type PairFinder } from '../wasm/pair-finder.ts';
import type { SearchPoints } from '../wasm/search-layout.ts';

/**
 * The nearest of each row's candidates by distances in double precision, rows `from` … `to` − 1, sorted and named by the first of the
 * equal points they stand for. A row that is not full is searched among all points; when the result must be exact, so is a row
 * whose last place rounding could have decided.
 */
export function measureRows(
  points: SearchPoints,
  { starts, members }: EqualRows,
  candidates: SortedRows,
  heap: NeighborHeap,
  isExact: boolean,
  part: number,
  from: number,
  to: number,
): void {
  const { n } = points;
  const finder = openFinder(points, part);
  const nameOf = (row: number): number => members[starts[row]!]!;
  for (let row = from; row < to; row++) {
    const start = row * candidates.k;
    let count = 0;
    for (let at = start; at < start + candidates.k && candidates.indices[at]! >= 0; at++)
      finder.ids[count++] = candidates.indices[at]!;
    pushMeasured(finder, heap, row, count, nameOf);
    const isSure =
      candidates.k === n - 1 ||
      leastTrue(points, candidates.worst[row]!) > heap.distances[row * heap.k]!;
    if (count < heap.k || (isExact && !isSure)) searchRow(points, finder, heap, row, nameOf);
  }
  sortNeighborHeap(heap, from, to);
}

/** Refills one row from all points: the finder rules points out, and those that could be among the nearest are measured in double precision. */
function searchRow(
  points: SearchPoints,
  finder: PairFinder,
  heap: NeighborHeap,
  row: number,
  nameOf: (row: number) => number,
): void {
  const { a, aBounds, b, bBounds, ids, pairs, capacity } = finder;
  const { k, indices, distances } = heap;
  indices.fill(-1, row * k, (row + 1) * k);
  distances.fill(Number.POSITIVE_INFINITY, row * k, (row + 1) * k);
  bBounds.fill(0);
  for (let left = 0; left < points.n; left += capacity) {
    const count = Math.min(capacity, points.n - left);
    a[0] = row;
    aBounds[0] = mostFound(points, distances[row * k]!);
    for (let j = 0; j < count; j++) b[j] = left + j;
    const found = finder.find(1, count, false);
    let others = 0;
    for (let at = 0; at < found; at++) {
      const other = left + (pairs[at]! & 0xffff);
      if (other !== row) ids[others++] = other;
    }
    pushMeasured(finder, heap, row, others, nameOf);
  }
}

function pushMeasured(
  finder: PairFinder,
  heap: NeighborHeap,
  row: number,
  count: number,
  nameOf: (row: number) => number,
): void {
  const exact = finder.measure(row, count);
  for (let at = 0; at < count; at++) pushNeighbor(heap, row, nameOf(finder.ids[at]!), exact[at]!);
}
