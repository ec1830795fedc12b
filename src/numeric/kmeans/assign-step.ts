import type { ParallelStep } from '../parallel/parallel-steps.ts';
import type { PlacedCentroids } from '../wasm/placed-centroids.ts';

/** Assigns points to their nearest centroid, in place; the answer to the step is how many changed. */
export function assignStep(placed: PlacedCentroids, isFirst: boolean, share: number): ParallelStep {
  return {
    share,
    rows: placed.n,
    task: (from, to, part) => ({ kind: 'kmeans-assign', placed, isFirst, part, from, to }),
  };
}
