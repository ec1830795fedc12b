import type { NeighborHeap } from '../array/neighbor-heap.ts';

/**
 * Squared distance of every point to its minSamples-th nearest other point; 0 when minSamples is 0.
 * hdbscan's convention (the point itself does not count); scikit-learn's counts it.
 */
export function coreDistances(sorted: NeighborHeap, minSamples: number): Float64Array {
  const core = new Float64Array(sorted.n);
  if (minSamples === 0) return core;
  for (let i = 0; i < sorted.n; i++) core[i] = sorted.distances[i * sorted.k + minSamples - 1]!;
  return core;
}
