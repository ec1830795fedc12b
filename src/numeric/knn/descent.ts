import { createNeighborHeap, type NeighborHeap } from '../array/neighbor-heap.ts';
import type { ParallelSteps } from '../parallel/parallel-steps.ts';
import { createDescentPlan } from './descent-plan.ts';
import type { NeighborSearch } from './neighbor-search.ts';

const TREES = 10;
/** Number of trees planted at the same time; further workers wait. */
const TREES_PER_STEP = 2;
/** Neighbors kept beyond k: at k = 15 on 20,000 texts × 256 they raise recall from 0.955 to 0.972 for a tenth more time. */
const SPARE = 5;
const MOST_ROUNDS = 10;
/** A round that changes fewer than this share of the graph's entries is the last. */
const ENOUGH = 0.03;
const POINTS_PER_STEP = 8192;

/** Shares of the time at 100,000 × 256. */
const TREE_SHARE = 0.35;
const MEASURE_SHARE = 0.05;

/**
 * Approximate nearest neighbors of every distinct point by nearest-neighbor descent: neighbors of a point are tried as neighbors of each
 * other until little changes, starting from the leaves of random projection trees.
 *
 * Shapes as `exactNeighborSteps`; the distances kept are measured again in double precision. Cost: about n^1.1, memory
 * n × (k × 21 + 170) bytes beside the placed points. Precondition: 0 < near < n.
 * Deterministic for a seed and the same bytes for any division: a round tries the pairs of lists made before it, and what a row
 * keeps of all it is offered does not depend on their order.
 * Origin: Dong, Moses, Li 2011; pynndescent 0.7 (trees, candidates by reservoir). Deviations: equal points are
 * searched as one, distances are rounded (lattice.ts), lopsided splits deal the points out by turns.
 */
export function* descentSteps(search: NeighborSearch): ParallelSteps<NeighborHeap> {
  const { points, groups, near, isShared } = search;
  const { n } = points;
  const plan = createDescentPlan(search, SPARE, points.capacity);
  for (let tree = 0; tree < TREES; tree += TREES_PER_STEP)
    yield {
      share: (TREE_SHARE * (tree + TREES_PER_STEP)) / TREES,
      rows: TREES_PER_STEP,
      task: (from, to, part) => ({
        kind: 'neighbor-trees',
        plan,
        part,
        from: tree + from,
        to: tree + to,
      }),
    };
  const roundShare = (1 - MEASURE_SHARE - TREE_SHARE) / MOST_ROUNDS;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const share = TREE_SHARE + round * roundShare;
    const fresh: number = yield {
      share,
      rows: n,
      task: (from, to) => ({ kind: 'neighbor-candidates', plan, round, from, to }),
    };
    if (fresh < ENOUGH * n * plan.graph.k) break;
    yield { share, rows: n, task: (from, to) => ({ kind: 'neighbor-settle', plan, from, to }) };
    for (let start = 0; start < n; start += POINTS_PER_STEP) {
      const rows = Math.min(POINTS_PER_STEP, n - start);
      yield {
        share: share + (roundShare * (start + rows)) / n,
        rows,
        task: (from, to, part) => ({
          kind: 'neighbor-joins',
          plan,
          part,
          from: start + from,
          to: start + to,
        }),
      };
    }
  }
  const heap = createNeighborHeap(n, near, isShared);
  yield {
    share: 1,
    rows: n,
    task: (from, to, part) => ({
      kind: 'neighbor-measure',
      points,
      groups,
      candidates: plan.graph,
      heap,
      isExact: false,
      part,
      from,
      to,
    }),
  };
  return heap;
}
