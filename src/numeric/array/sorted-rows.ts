/**
 * The nearest distinct candidates of every row, nearest first, in flat n × k arrays, each marked fresh until looked at.
 * Empty places hold (infinity, −1). For small k, where shifting beats a heap and the search for a double is needed anyway.
 */
export interface SortedRows {
  readonly n: number;
  readonly k: number;
  readonly indices: Int32Array;
  readonly distances: Float32Array;
  readonly isFresh: Uint8Array;
}

export function createSortedRows(n: number, k: number): SortedRows {
  return {
    n,
    k,
    indices: new Int32Array(n * k).fill(-1),
    distances: new Float32Array(n * k).fill(Number.POSITIVE_INFINITY),
    isFresh: new Uint8Array(n * k),
  };
}

/** Inserts a candidate unless it is there or the row is full of nearer ones; says whether it did. */
export function insertSorted(
  rows: SortedRows,
  row: number,
  index: number,
  distance: number,
): boolean {
  const { k, indices, distances, isFresh } = rows;
  const start = row * k;
  let place = start + k - 1;
  if (distance >= distances[place]!) return false;
  for (let at = start; at <= place; at++) if (indices[at] === index) return false;
  while (place > start && distances[place - 1]! > distance) {
    indices[place] = indices[place - 1]!;
    distances[place] = distances[place - 1]!;
    isFresh[place] = isFresh[place - 1]!;
    place--;
  }
  indices[place] = index;
  distances[place] = distance;
  isFresh[place] = 1;
  return true;
}
