import type { NeighborHeap } from '../array/neighbor-heap.ts';
import { createNeighborHeap } from '../array/neighbor-heap.ts';
import { createSortedRows } from '../array/sorted-rows.ts';
import type { ParallelSteps } from '../parallel/parallel-steps.ts';
import { blockPairs } from './block-pairs.ts';
import type { NeighborSearch } from './neighbor-search.ts';

/** Extra candidates, so that rounding in float32 cannot hide a true neighbor. */
const SPARE = 4;
const PAIRS_PER_STEP = 512;

/**
 * The nearest other points of every distinct point, by squared Euclidean distance.
 *
 * Shapes: a row of `near` for each distinct point, nearest first, named by the first of their equals, equal distances by lower index.
 * Cost: n² / 2 rounded distances in blocks of 32 × 32 rows that stay in cache; memory n × (near + 4) × 12 bytes beside the
 * placed points. Deterministic, the same bytes for any division.
 * Exact: rounded distances pick 4 candidates more than asked for, which are measured again in double precision; a row whose last
 * candidate is not farther than the last neighbor by more than the rounding error is searched again among all points.
 */
export function* exactNeighborSteps(search: NeighborSearch): ParallelSteps<NeighborHeap> {
  const { points, groups, near, isShared } = search;
  const { n } = points;
  const heap = createNeighborHeap(n, near, isShared);
  if (near === 0) return heap;
  const candidates = createSortedRows(n, Math.min(near + SPARE, n - 1), isShared);
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
      groups,
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
