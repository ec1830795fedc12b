import { insertPair, type SortedRows } from '../array/sorted-rows.ts';
import { type DistanceBlock, openBlock } from '../wasm/distance-block.ts';
import type { PlacedPoints } from '../wasm/placed-points.ts';

const BLOCK = 64;

/** Number of pairs (top, left), top ≤ left, of blocks of 64 points. */
export function blockPairs(n: number): number {
  const blocks = Math.ceil(n / BLOCK);
  return (blocks * (blocks + 1)) / 2;
}

/** Offers the points of block pairs `from` … `to` − 1 to each other. Pairs go by top, then left. */
export function scanBlockPairs(
  points: PlacedPoints,
  candidates: SortedRows,
  part: number,
  from: number,
  to: number,
): void {
  const blocks = Math.ceil(points.n / BLOCK);
  const block = openBlock(points, part);
  let top = 0;
  let before = 0;
  while (before + blocks - top <= from) before += blocks - top++;
  let left = top + from - before;
  for (let pair = from; pair < to; pair++) {
    scanPair(block, points.n, candidates, top * BLOCK, left * BLOCK);
    if (++left === blocks) left = ++top;
  }
}

function scanPair(
  block: DistanceBlock,
  n: number,
  candidates: SortedRows,
  top: number,
  left: number,
): void {
  const { a, b, out } = block;
  const { worst } = candidates;
  const na = Math.min(BLOCK, n - top);
  const nb = Math.min(BLOCK, n - left);
  for (let i = 0; i < na; i++) a[i] = top + i;
  for (let j = 0; j < nb; j++) b[j] = left + j;
  const isDiagonal = top === left;
  const width = block.block(na, nb, isDiagonal);
  for (let i = 0; i < na; i++) {
    const row = top + i;
    for (let j = isDiagonal ? i + 1 : 0; j < nb; j++) {
      const squared = out[i * width + j]!;
      if (squared <= worst[row]! || squared <= worst[left + j]!)
        insertPair(candidates, row, left + j, squared);
    }
  }
}
