import {
  createNeighborHeap,
  type NeighborHeap,
  pushNeighbor,
  sortNeighborHeap,
} from '../array/neighbor-heap.ts';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import type { Steps } from '../steps.ts';
import { blockError, createDistanceBlock, type DistanceBlock } from '../wasm/distance-block.ts';

const BLOCK = 64;
/** Candidates kept beyond k, so that rounding in float32 cannot hide a true neighbour. */
const SPARE = 4;
/** Below this, float32 squares lose digits. */
const TINY = 1e-30;

/**
 * The k nearest other points of every point, by squared Euclidean distance; the point itself is excluded.
 *
 * Shapes: points n × dim row-major; result rows of k, nearest first, equal distances by lower index.
 * Cost: n² / 2 distances in blocks of 64 × 64 rows that stay in cache; memory n × (k + 4) × 12 bytes and a copy of the points.
 * Deterministic. Precondition: 0 ≤ k < n (k = 0 only for n ≤ 1).
 * Exact: float32 distances pick k + 4 candidates, which are measured again in double precision; a row whose last
 * candidate is not further than the k-th by more than the rounding error is searched in double precision from the start.
 */
export function* exactNeighborSteps(
  points: Float32Array,
  n: number,
  dim: number,
  k: number,
): Steps<NeighborHeap> {
  if (k === 0) return createNeighborHeap(n, k);
  const candidates = createNeighborHeap(n, Math.min(k + SPARE, n - 1));
  const block = createDistanceBlock(points, n, dim, BLOCK);
  for (let top = 0; top < n; top += BLOCK) {
    for (let left = top; left < n; left += BLOCK) scanBlock(block, n, candidates, top, left);
    const remaining = 1 - Math.min(top + BLOCK, n) / n;
    yield 0.98 * (1 - remaining * remaining);
  }
  return measureAgain(points, n, dim, k, candidates);
}

function scanBlock(
  distances: DistanceBlock,
  n: number,
  heap: NeighborHeap,
  top: number,
  left: number,
): void {
  const { a, b, out } = distances;
  const na = Math.min(BLOCK, n - top);
  const nb = Math.min(BLOCK, n - left);
  for (let i = 0; i < na; i++) a[i] = top + i;
  for (let j = 0; j < nb; j++) b[j] = left + j;
  const isDiagonal = top === left;
  const width = distances.block(na, nb, isDiagonal);
  const { k, distances: kept } = heap;
  for (let i = 0; i < na; i++) {
    const row = top + i;
    for (let j = isDiagonal ? i + 1 : 0; j < nb; j++) {
      const squared = out[i * width + j]!;
      if (squared <= kept[row * k]!) pushNeighbor(heap, row, left + j, squared);
      if (squared <= kept[(left + j) * k]!) pushNeighbor(heap, left + j, row, squared);
    }
  }
}

function measureAgain(
  points: Float32Array,
  n: number,
  dim: number,
  k: number,
  candidates: NeighborHeap,
): NeighborHeap {
  const heap = createNeighborHeap(n, k);
  const error = 2 * blockError(dim);
  for (let row = 0; row < n; row++) {
    const start = row * candidates.k;
    const furthest = candidates.distances[start]!;
    for (let place = start; place < start + candidates.k; place++) {
      const other = candidates.indices[place]!;
      pushNeighbor(heap, row, other, squaredEuclidean(points, row, points, other, dim));
    }
    const last = heap.distances[row * k]!;
    const isSure =
      candidates.k === n - 1 || last === 0 || (last > TINY && last * (1 + error) < furthest);
    if (!isSure) searchRow(points, n, dim, heap, row);
  }
  sortNeighborHeap(heap);
  return heap;
}

/** Refills one row by measuring every other point in double precision. */
export function searchRow(
  points: Float32Array,
  n: number,
  dim: number,
  heap: NeighborHeap,
  row: number,
): void {
  heap.indices.fill(-1, row * heap.k, (row + 1) * heap.k);
  heap.distances.fill(Number.POSITIVE_INFINITY, row * heap.k, (row + 1) * heap.k);
  for (let other = 0; other < n; other++)
    if (other !== row)
      pushNeighbor(heap, row, other, squaredEuclidean(points, row, points, other, dim));
}
