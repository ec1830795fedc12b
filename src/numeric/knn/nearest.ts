import type { NeighborHeap } from '../array/neighbor-heap.ts';
import { type Steps, within } from '../steps.ts';
import { descentSteps } from './descent.ts';
import { exactNeighborSteps } from './exact.ts';
import { sampledRecall } from './sampled-recall.ts';

/** Most points searched by brute force. */
export const EXACT_NEIGHBORS = 20_000;
/** Rows searched exactly to estimate the recall of an approximate graph. */
const RECALL_SAMPLE = 64;

export interface MeasuredGraph {
  readonly graph: NeighborHeap;
  /** 1 when exact, else estimated. */
  readonly recall: number;
}

/** The exact graph up to `exactUpTo` points, beyond that by descent with its recall. Precondition: 0 ≤ k < n. */
export function* nearestSteps(
  points: Float32Array,
  n: number,
  dim: number,
  k: number,
  seed: number,
  exactUpTo: number,
): Steps<MeasuredGraph> {
  if (n <= exactUpTo || k === 0)
    return { graph: yield* exactNeighborSteps(points, n, dim, k), recall: 1 };
  const graph = yield* within(0, 0.95, descentSteps(points, n, dim, k, seed));
  return { graph, recall: sampledRecall(points, dim, graph, RECALL_SAMPLE, seed) };
}
