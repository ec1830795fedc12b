import { insertPair, type SortedRows } from '../array/sorted-rows.ts';
import { openFinder, type PairFinder } from '../wasm/pair-finder.ts';
import type { SearchPoints } from '../wasm/search-layout.ts';

/** Two blocks of 32 rows of 256 columns stay in the first cache. */
const BLOCK = 32;

/** Number of pairs (top, left), top ≤ left, of blocks of 32 points. */
export function blockPairs(n: number): number {
  const blocks = Math.ceil(n / BLOCK);
  return (blocks * (blocks + 1)) / 2;
}

/** Offers the points of block pairs `from` … `to` − 1 to each other. Pairs go by top, then left. */
export function scanBlockPairs(
  points: SearchPoints,
  candidates: SortedRows,
  part: number,
  from: number,
  to: number,
): void {
  const blocks = Math.ceil(points.n / BLOCK);
  const finder = openFinder(points, part);
  let top = 0;
  let before = 0;
  while (before + blocks - top <= from) before += blocks - top++;
  let left = top + from - before;
  for (let pair = from; pair < to; pair++) {
    scanPair(finder, points.n, candidates, top * BLOCK, left * BLOCK);
    if (++left === blocks) left = ++top;
  }
}

function scanPair(
  finder: PairFinder,
  n: number,
  candidates: SortedRows,
  top: number,
  left: number,
): void {
  const { a, aBounds, b, bBounds, pairs, distances } = finder;
  const { worst } = candidates;
  const na = Math.min(BLOCK, n - top);
  const nb = Math.min(BLOCK, n - left);
  for (let i = 0; i < na; i++) {
    a[i] = top + i;
    aBounds[i] = worst[top + i]!;
  }
  for (let j = 0; j < nb; j++) {
    b[j] = left + j;
    bBounds[j] = worst[left + j]!;
  }
  const found = finder.find(na, nb, top === left);
  for (let at = 0; at < found; at++) {
    const pair = pairs[at]!;
    insertPair(candidates, top + (pair >>> 16), left + (pair & 0xffff), distances[at]!);
  }
}
