import type { ParallelStep } from '../parallel/parallel-steps.ts';
import type { PlacedCentroids } from '../wasm/placed-centroids.ts';

/** Moves points to their nearest centroid, in place; the step is answered by how many changed. */
export function assignStep(placed: PlacedCentroids, isFirst: boolean, share: number): ParallelStep {
  return {
    share,
    rows: placed.n,
    task: (from, to, part) => ({ kind: 'kmeans-assign', placed, isFirst, part, from, to }),
  };
}
