import { type PlacedPoints, placePoints } from '../wasm/placed-points.ts';

/** What every search for neighbours is given. */
export interface NeighborSearch {
  readonly points: PlacedPoints;
  /** 0 ≤ k < n. */
  readonly k: number;
  readonly seed: number;
  /** The arrays are for workers to write. */
  readonly isShared: boolean;
}

/** Most ids on a side of the distance blocks of a search for k neighbours. */
export function searchCapacity(k: number): number {
  return Math.max(64, k + 6);
}

/** `workers` 0 is a search in place. */
export function createSearch(
  points: Float32Array,
  n: number,
  dim: number,
  k: number,
  seed: number,
  workers = 0,
): NeighborSearch {
  const isShared = workers > 0;
  const placed = placePoints(points, n, dim, searchCapacity(k), n, Math.max(1, workers), isShared);
  return { points: placed, k, seed, isShared };
}
