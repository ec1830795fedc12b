import {
  createNeighborHeap,
  type NeighborHeap,
  pushNeighbor,
  sortNeighborHeap,
} from '../array/neighbor-heap.ts';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import type { Steps } from '../steps.ts';

const BLOCK = 64;

/**
 * The k nearest other points of every point, by squared Euclidean distance; the point itself is excluded.
 *
 * Shapes: points n × dim row-major; result rows of k, nearest first, equal distances by lower index.
 * Cost: n² / 2 distances in blocks of 64 × 64 rows that stay in cache; memory n × k × 12 bytes.
 * Deterministic. Precondition: 0 ≤ k < n (k = 0 only for n ≤ 1).
 */
export function* exactNeighborSteps(
  points: Float32Array,
  n: number,
  dim: number,
  k: number,
): Steps<NeighborHeap> {
  const heap = createNeighborHeap(n, k);
  if (k === 0) return heap;
  for (let top = 0; top < n; top += BLOCK) {
    for (let left = top; left < n; left += BLOCK) scanBlock(points, n, dim, heap, top, left);
    const remaining = 1 - Math.min(top + BLOCK, n) / n;
    yield 1 - remaining * remaining;
  }
  sortNeighborHeap(heap);
  return heap;
}

function scanBlock(
  points: Float32Array,
  n: number,
  dim: number,
  heap: NeighborHeap,
  top: number,
  left: number,
): void {
  const { k, distances } = heap;
  const bottom = Math.min(top + BLOCK, n);
  const right = Math.min(left + BLOCK, n);
  for (let i = top; i < bottom; i++)
    for (let j = left === top ? i + 1 : left; j < right; j++) {
      const squared = squaredEuclidean(points, i, points, j, dim);
      if (squared <= distances[i * k]!) pushNeighbor(heap, i, j, squared);
      if (squared <= distances[j * k]!) pushNeighbor(heap, j, i, squared);
    }
}
