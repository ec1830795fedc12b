import { type NeighborHeap, pushNeighbor, sortNeighborHeap } from '../array/neighbor-heap.ts';
import type { SortedRows } from '../array/sorted-rows.ts';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { blockError, type DistanceBlock, openBlock } from '../wasm/distance-block.ts';
import type { PlacedPoints } from '../wasm/placed-points.ts';

/** Below this, float32 squares lose digits. */
const TINY = 1e-30;

/**
 * The k nearest of each row's candidates by distances in double precision, rows `from` … `to` − 1, sorted. A row that is not full is
 * searched among all points; when the result must be exact, so is a row whose k-th rounding could have decided.
 */
export function measureRows(
  placed: PlacedPoints,
  candidates: SortedRows,
  heap: NeighborHeap,
  isExact: boolean,
  part: number,
  from: number,
  to: number,
): void {
  const { rows: points, n, stride: dim } = placed;
  const { k } = heap;
  const block = openBlock(placed, part);
  const error = 2 * blockError(dim);
  for (let row = from; row < to; row++) {
    const start = row * candidates.k;
    const end = start + candidates.k;
    for (let at = start; at < end && candidates.indices[at]! >= 0; at++) {
      const other = candidates.indices[at]!;
      pushNeighbor(heap, row, other, squaredEuclidean(points, row, points, other, dim));
    }
    const last = heap.distances[row * k]!;
    const isSure =
      candidates.k === n - 1 ||
      last === 0 ||
      (last > TINY && last * (1 + error) < candidates.distances[end - 1]!);
    if (candidates.indices[start + k - 1]! < 0 || (isExact && !isSure))
      searchRow(placed, block, heap, row);
  }
  sortNeighborHeap(heap, from, to);
}

/** Refills one row from all points: float32 distances rule out, what could be among the k nearest is measured in double precision. */
function searchRow(
  { rows: points, n, stride: dim }: PlacedPoints,
  { b, out, row: distancesFrom }: DistanceBlock,
  heap: NeighborHeap,
  row: number,
): void {
  const { k, indices, distances } = heap;
  const error = 2 * blockError(dim);
  indices.fill(-1, row * k, (row + 1) * k);
  distances.fill(Number.POSITIVE_INFINITY, row * k, (row + 1) * k);
  for (let other = 0; other < n; other++) b[other] = other;
  distancesFrom(row, n);
  for (let other = 0; other < n; other++) {
    if (other === row || out[other]! > distances[row * k]! * (1 + error) + TINY) continue;
    pushNeighbor(heap, row, other, squaredEuclidean(points, row, points, other, dim));
  }
}
