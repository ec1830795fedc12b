import {
  createNeighborHeap,
  type NeighborHeap,
  pushNeighbor,
  sortNeighborHeap,
} from '../array/neighbor-heap.ts';
import { checkSameLength } from '../checks.ts';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { NumericError } from '../numeric-error.ts';
import type { Neighbors } from './neighbors.ts';

/** Checks a given graph and measures its distances again in double precision. */
export function fromNeighbors(
  points: Float32Array,
  n: number,
  dim: number,
  { k, indices }: Neighbors,
): NeighborHeap {
  checkSameLength('neighbors.indices', indices.length, 'n × k', n * k);
  const heap = createNeighborHeap(n, k);
  for (let row = 0; row < n; row++) {
    const own = new Set([row]);
    for (let at = row * k; at < (row + 1) * k; at++) {
      const other = indices[at]!;
      if (other < 0 || other >= n || own.has(other))
        throw new NumericError(
          'invalid_input',
          `neighbors row ${row} has ${other}; it must have ${k} distinct other points of 0 to ${n - 1}`,
        );
      own.add(other);
      pushNeighbor(heap, row, other, squaredEuclidean(points, row, points, other, dim));
    }
  }
  sortNeighborHeap(heap);
  return heap;
}
