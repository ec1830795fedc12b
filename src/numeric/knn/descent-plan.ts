import { createSortedRows, type SortedRows } from '../array/sorted-rows.ts';
import { toShared } from '../array/to-shared.ts';
import type { SearchPoints } from '../wasm/search-layout.ts';
import type { NeighborSearch } from './neighbor-search.ts';

/** Maximum fresh, and maximum known, neighbors of a point per round. */
export const CANDIDATES = 14;

/** Everything the tasks of a descent read and write; the arrays may be shared between workers. */
export interface DescentPlan {
  readonly points: SearchPoints;
  readonly seed: number;
  readonly leafSize: number;
  readonly graph: SortedRows;
  readonly lists: Candidates;
}

/** Up to CANDIDATES fresh and as many known neighbors of every point, in both directions of the edges. */
export interface Candidates {
  readonly fresh: Int32Array;
  readonly known: Int32Array;
  /** How many candidates were offered; the list holds min(offered, CANDIDATES) of them. */
  readonly freshOffered: Int32Array;
  readonly knownOffered: Int32Array;
}

export function createDescentPlan(
  { points, near, seed, isShared }: NeighborSearch,
  spare: number,
  leafSize: number,
): DescentPlan {
  const { n } = points;
  const integers = (count: number): Int32Array => {
    const array = new Int32Array(count);
    return isShared ? toShared(array) : array;
  };
  return {
    points,
    seed,
    leafSize,
    graph: createSortedRows(n, Math.min(near + spare, n - 1), isShared),
    lists: {
      fresh: integers(n * CANDIDATES),
      known: integers(n * CANDIDATES),
      freshOffered: integers(n),
      knownOffered: integers(n),
    },
  };
}
