import { type EqualRows, equalRows, reorderGroups } from '../array/equal-rows.ts';
import { toShared } from '../array/to-shared.ts';
import { seedRandom } from '../random/random.ts';
import { openFinder } from '../wasm/pair-finder.ts';
import type { SearchPoints } from '../wasm/search-layout.ts';
import { placeForSearch } from '../wasm/search-points.ts';
import { plantTree } from './rp-tree.ts';
import { sketchRows } from './sketch.ts';

/** The input of every neighbor search. Equal points are searched once. */
export interface NeighborSearch {
  /** The distinct points; of an approximate search, near ones beside each other. */
  readonly points: SearchPoints;
  /** The points that each distinct point represents. */
  readonly groups: EqualRows;
  /** Neighbors of each point, 0 ≤ k < n. */
  readonly k: number;
  /** Neighbors searched among the distinct points. */
  readonly near: number;
  readonly seed: number;
  /** Whether workers write the arrays. */
  readonly isShared: boolean;
  /** Whether the search is by brute force. */
  readonly isExact: boolean;
}

/** Maximum number of ids on one side of a block, in a search for k neighbors. */
function searchCapacity(k: number): number {
  return Math.max(64, k + 6);
}

/** With 0 `workers`, the search runs in this thread. Exact up to `exactUpTo` distinct points. */
export function createSearch(
  points: Float32Array,
  n: number,
  dim: number,
  k: number,
  seed: number,
  exactUpTo: number,
  workers = 0,
): NeighborSearch {
  const parts = Math.max(1, workers);
  const isShared = workers > 0;
  const equal = equalRows(points, n, dim);
  const { count } = equal;
  const near = Math.min(k, Math.max(count - 1, 0));
  const capacity = searchCapacity(near);
  const isExact = count <= exactUpTo || near === 0;
  const groups = isExact
    ? equal
    : reorderGroups(equal, leafOrder(points, dim, equal, capacity, seed));
  const rows = count < n || !isExact ? firstMembers(groups) : undefined;
  const longest = isExact ? 0 : count;
  return {
    points: placeForSearch(points, count, dim, capacity, longest, parts, isShared, rows),
    groups: isShared ? sharedGroups(groups) : groups,
    k,
    near,
    seed,
    isShared,
    isExact,
  };
}

/** The distinct points in the order of the leaves of a tree in few columns. */
function leafOrder(
  points: Float32Array,
  dim: number,
  groups: EqualRows,
  leafSize: number,
  seed: number,
): Int32Array {
  const { count } = groups;
  const thin = sketchRows(points, dim, seed, firstMembers(groups));
  const placed = placeForSearch(thin.rows, count, thin.dim, leafSize, count, 1, false);
  return plantTree(count, leafSize, openFinder(placed, 0), seedRandom(seed)).order;
}

function firstMembers({ count, starts, members }: EqualRows): Int32Array {
  return Int32Array.from({ length: count }, (_, group) => members[starts[group]!]!);
}

function sharedGroups({ count, groupOf, starts, members }: EqualRows): EqualRows {
  return {
    count,
    groupOf: toShared(groupOf),
    starts: toShared(starts),
    members: toShared(members),
  };
}
