import { toShared } from './to-shared.ts';
/**
 * The nearest distinct candidates of every row, nearest first, in flat n × k arrays, each marked fresh until processed.
 * Empty places hold (infinity, −1). Meant for small k: shifting is then faster than a heap, and duplicates have to be searched for anyway.
 *
 * Candidates are ordered by (distance, index), so the result does not depend on the order of insertion; shared rows
 * may be filled by several threads at once, each row under its lock.
 */
export interface SortedRows {
  readonly n: number;
  readonly k: number;
  readonly indices: Int32Array;
  readonly distances: Float32Array;
  readonly isFresh: Uint8Array;
  /** Distance in the last place of each row; may be read without the lock to skip farther candidates. */
  readonly worst: Float32Array;
  /** 1 while a thread writes the row; empty unless shared. */
  readonly locks: Int32Array;
}

export function createSortedRows(n: number, k: number, isShared: boolean): SortedRows {
  const rows = {
    n,
    k,
    indices: new Int32Array(n * k).fill(-1),
    distances: new Float32Array(n * k).fill(Number.POSITIVE_INFINITY),
    isFresh: new Uint8Array(n * k),
    worst: new Float32Array(n).fill(Number.POSITIVE_INFINITY),
    locks: new Int32Array(isShared ? n : 0),
  };
  if (!isShared) return rows;
  return {
    ...rows,
    indices: toShared(rows.indices),
    distances: toShared(rows.distances),
    isFresh: toShared(rows.isFresh),
    worst: toShared(rows.worst),
    locks: toShared(rows.locks),
  };
}

/** Offers each of two points to the other as a neighbor. */
export function insertPair(rows: SortedRows, a: number, b: number, distance: number): void {
  if (distance <= rows.worst[a]!) {
    // Both points have seen each other already. Late in a search, that is true of nearly every pair.
    if (holds(rows, a, b)) return;
    insertNew(rows, a, b, distance);
  }
  if (distance <= rows.worst[b]!) insertSorted(rows, b, a, distance);
}

/** Inserts a candidate unless it is already there or the row is full of nearer ones. */
export function insertSorted(rows: SortedRows, row: number, index: number, distance: number): void {
  if (!holds(rows, row, index)) insertNew(rows, row, index, distance);
}

/** May miss a candidate that another thread is inserting. */
function holds({ k, indices }: SortedRows, row: number, index: number): boolean {
  for (let at = row * k, end = at + k; at < end; at++) if (indices[at] === index) return true;
  return false;
}

function insertNew(rows: SortedRows, row: number, index: number, distance: number): void {
  const { locks } = rows;
  if (locks.length === 0) {
    insert(rows, row, index, distance);
    return;
  }
  while (Atomics.compareExchange(locks, row, 0, 1) !== 0);
  if (!holds(rows, row, index)) insert(rows, row, index, distance);
  Atomics.store(locks, row, 0);
}

function insert(rows: SortedRows, row: number, index: number, distance: number): void {
  const { k, indices, distances, isFresh, worst } = rows;
  const start = row * k;
  let place = start + k - 1;
  if (isBefore(distances[place]!, indices[place]!, distance, index)) return;
  while (place > start && !isBefore(distances[place - 1]!, indices[place - 1]!, distance, index)) {
    indices[place] = indices[place - 1]!;
    distances[place] = distances[place - 1]!;
    isFresh[place] = isFresh[place - 1]!;
    place--;
  }
  indices[place] = index;
  distances[place] = distance;
  isFresh[place] = 1;
  worst[row] = distances[start + k - 1]!;
}

function isBefore(
  distance: number,
  index: number,
  otherDistance: number,
  otherIndex: number,
): boolean {
  return distance < otherDistance || (distance === otherDistance && index < otherIndex);
}
