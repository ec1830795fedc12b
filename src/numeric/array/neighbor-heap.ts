import { toShared } from './to-shared.ts';
/**
 * The `k` nearest candidates of every row, as one max-heap per row in flat n × k arrays.
 * Invariant: the row's first entry is its worst; candidates are ordered by (distance, index), so the
 * kept set does not depend on the order of pushes. Empty places hold (infinity, −1).
 */
export interface NeighborHeap {
  readonly n: number;
  readonly k: number;
  readonly indices: Int32Array;
  readonly distances: Float64Array;
}

/** `isShared` allocates the rows in shared memory. */
export function createNeighborHeap(n: number, k: number, isShared = false): NeighborHeap {
  const indices = new Int32Array(n * k).fill(-1);
  const distances = new Float64Array(n * k).fill(Number.POSITIVE_INFINITY);
  if (!isShared) return { n, k, indices, distances };
  return { n, k, indices: toShared(indices), distances: toShared(distances) };
}

/** Adds a candidate to a row unless the row is full of nearer ones. The caller must not push a candidate twice. */
export function pushNeighbor(
  heap: NeighborHeap,
  row: number,
  index: number,
  distance: number,
): boolean {
  const { k, indices, distances } = heap;
  const start = row * k;
  const worst = distances[start]!;
  if (distance > worst || (distance === worst && index > indices[start]! && indices[start]! >= 0))
    return false;
  siftDown(indices, distances, start, k, index, distance);
  return true;
}

/** Sorts the rows `from` … `to` − 1 in place, nearest first; afterward they are no longer heaps. */
export function sortNeighborHeap(heap: NeighborHeap, from = 0, to: number = heap.n): void {
  const { k, indices, distances } = heap;
  for (let row = from; row < to; row++) {
    const start = row * k;
    for (let last = k - 1; last > 0; last--) {
      const index = indices[start + last]!;
      const distance = distances[start + last]!;
      indices[start + last] = indices[start]!;
      distances[start + last] = distances[start]!;
      siftDown(indices, distances, start, last, index, distance);
    }
  }
}

/** Replaces the root of the heap of `size` entries at `start` by (index, distance). */
function siftDown(
  indices: Int32Array,
  distances: Float64Array,
  start: number,
  size: number,
  index: number,
  distance: number,
): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= size) break;
    const right = child + 1;
    if (right < size && isAfter(indices, distances, start + right, start + child)) child = right;
    const childDistance = distances[start + child]!;
    const childIndex = indices[start + child]!;
    if (childDistance < distance || (childDistance === distance && childIndex <= index)) break;
    distances[start + hole] = childDistance;
    indices[start + hole] = childIndex;
    hole = child;
  }
  distances[start + hole] = distance;
  indices[start + hole] = index;
}

function isAfter(indices: Int32Array, distances: Float64Array, a: number, b: number): boolean {
  return (
    distances[a]! > distances[b]! || (distances[a]! === distances[b]! && indices[a]! > indices[b]!)
  );
}
