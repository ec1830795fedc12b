import type { NeighborHeap } from '../array/neighbor-heap.ts';
import { type ParallelSteps, withinParallel } from '../parallel/parallel-steps.ts';
import { permutation, seedRandom } from '../random/random.ts';
import { descentSteps } from './descent.ts';
import { exactNeighborSteps } from './exact.ts';
import type { NeighborSearch } from './neighbor-search.ts';
import { spreadGroups } from './spread-groups.ts';

/** Maximum distinct points for brute force. */
export const EXACT_NEIGHBORS = 20_000;
/** Rows searched exactly to estimate the recall of an approximate graph. */
const RECALL_SAMPLE = 64;

export interface MeasuredGraph {
  readonly graph: NeighborHeap;
  /** 1 if exact, otherwise estimated. */
  readonly recall: number;
}

/** The graph of all points: exact, or by descent with its recall. */
export function* nearestSteps(search: NeighborSearch): ParallelSteps<MeasuredGraph> {
  const { groups, k, seed, isExact } = search;
  if (isExact)
    return { graph: spreadGroups(yield* exactNeighborSteps(search), groups, k), recall: 1 };
  const near = yield* withinParallel(0, 0.95, descentSteps(search));
  const graph = spreadGroups(near, groups, k);
  const recall = yield* withinParallel(0.95, 1, recallSteps(search, graph, RECALL_SAMPLE, seed));
  return { graph, recall };
}

/** Recall of a graph of all points, estimated on `most` seeded rows. */
export function* recallSteps(
  { points, groups }: NeighborSearch,
  { n, k, distances }: NeighborHeap,
  most: number,
  seed: number,
): ParallelSteps<number> {
  const chosen = permutation(n, seedRandom(seed)).slice(0, most);
  const sample = {
    rows: chosen.map((row) => groups.groupOf[row]!),
    k,
    distances: new Float64Array(chosen.length * k),
  };
  chosen.forEach((row, at) => {
    sample.distances.set(distances.subarray(row * k, (row + 1) * k), at * k);
  });
  const hits: number = yield {
    share: 1,
    rows: chosen.length,
    task: (from, to, part) => ({ kind: 'neighbor-recall', points, groups, sample, part, from, to }),
  };
  return hits / sample.distances.length;
}
