import type { NeighborHeap } from '../array/neighbor-heap.ts';
import { createNeighborHeap } from '../array/neighbor-heap.ts';
import { createSortedRows } from '../array/sorted-rows.ts';
import type { ParallelSteps } from '../parallel/parallel-steps.ts';
import { blockPairs } from './block-pairs.ts';
import type { NeighborSearch } from './neighbor-search.ts';

/** Candidates kept beyond k, so that rounding in float32 cannot hide a true neighbour. */
const SPARE = 4;
const PAIRS_PER_STEP = 128;

/**
 * The k nearest other points of every point, by squared Euclidean distance; the point itself is excluded.
 *
 * Shapes: result rows of k, nearest first, equal distances by lower index.
 * Cost: n² / 2 distances in blocks of 64 × 64 rows that stay in cache; memory n × (k + 4) × 12 bytes beside the placed points.
 * Deterministic, the same bytes for any division. Precondition: 0 ≤ k < n (k = 0 only for n ≤ 1).
 * Exact: float32 distances pick k + 4 candidates, which are measured again in double precision; a row whose last
 * candidate is not further than the k-th by more than the rounding error is searched in double precision from the start.
 */
export function* exactNeighborSteps(search: NeighborSearch): ParallelSteps<NeighborHeap> {
  const { points, k, isShared } = search;
  const { n } = points;
  const heap = createNeighborHeap(n, k, isShared);
  if (k === 0) return heap;
  const candidates = createSortedRows(n, Math.min(k + SPARE, n - 1), isShared);
  const pairs = blockPairs(n);
  for (let from = 0; from < pairs; from += PAIRS_PER_STEP) {
    const rows = Math.min(PAIRS_PER_STEP, pairs - from);
    yield {
      share: (0.95 * (from + rows)) / pairs,
      rows,
      task: (first, last, part) => ({
        kind: 'neighbor-blocks',
        points,
        candidates,
        part,
        from: from + first,
        to: from + last,
      }),
    };
  }
  yield {
    share: 1,
    rows: n,
    task: (from, to, part) => ({
      kind: 'neighbor-measure',
      points,
      candidates,
      heap,
      isExact: true,
      part,
      from,
      to,
    }),
  };
  return heap;
}
