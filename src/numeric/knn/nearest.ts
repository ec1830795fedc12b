import type { NeighborHeap } from '../array/neighbor-heap.ts';
import { type ParallelSteps, withinParallel } from '../parallel/parallel-steps.ts';
import { permutation, seedRandom } from '../random/random.ts';
import { descentSteps } from './descent.ts';
import { exactNeighborSteps } from './exact.ts';
import type { NeighborSearch } from './neighbor-search.ts';

/** Most points searched by brute force. */
export const EXACT_NEIGHBORS = 20_000;
/** Rows searched exactly to estimate the recall of an approximate graph. */
const RECALL_SAMPLE = 64;

export interface MeasuredGraph {
  readonly graph: NeighborHeap;
  /** 1 when exact, else estimated. */
  readonly recall: number;
}

/** The exact graph up to `exactUpTo` points, beyond that by descent with its recall. */
export function* nearestSteps(
  search: NeighborSearch,
  exactUpTo: number,
): ParallelSteps<MeasuredGraph> {
  const { points, k, seed } = search;
  if (points.n <= exactUpTo || k === 0)
    return { graph: yield* exactNeighborSteps(search), recall: 1 };
  const graph = yield* withinParallel(0, 0.95, descentSteps(search));
  const recall = yield* withinParallel(0.95, 1, recallSteps(search, graph, RECALL_SAMPLE, seed));
  return { graph, recall };
}

/** Recall of a graph, estimated on `sample` seeded rows. */
export function* recallSteps(
  { points }: NeighborSearch,
  graph: NeighborHeap,
  sample: number,
  seed: number,
): ParallelSteps<number> {
  const rows = permutation(points.n, seedRandom(seed)).slice(0, sample);
  const hits: number = yield {
    share: 1,
    rows: rows.length,
    task: (from, to, part) => ({ kind: 'neighbor-recall', points, graph, rows, part, from, to }),
  };
  return hits / (rows.length * graph.k);
}
