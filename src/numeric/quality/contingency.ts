/** How often each pair of labels occurs, as a sparse table; labels are any integers, each one a class of its own. */
export interface Contingency {
  readonly total: number;
  /** Members of each class of the first and of the second labeling. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** Non-empty cells: row, column and count. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly counts: Float64Array;
}

/** Cost: O(n) expected. Precondition: equal lengths. */
export function contingency(a: Int32Array, b: Int32Array): Contingency {
  const rowOf = classes(a);
  const columnOf = classes(b);
  const width = columnOf.size;
  const first = new Float64Array(rowOf.size);
  const second = new Float64Array(width);
  const cells = new Map<number, number>();
  for (let i = 0; i < a.length; i++) {
    const row = rowOf.get(a[i]!)!;
    const column = columnOf.get(b[i]!)!;
    first[row] = first[row]! + 1;
    second[column] = second[column]! + 1;
    const cell = row * width + column;
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  const keys = [...cells.keys()];
  return {
    total: a.length,
    first,
    second,
    rows: Int32Array.from(keys, (cell) => Math.floor(cell / width)),
    columns: Int32Array.from(keys, (cell) => cell % width),
    counts: Float64Array.from(cells.values()),
  };
}

function classes(labels: Int32Array): Map<number, number> {
  const names = new Map<number, number>();
  for (const label of labels) if (!names.has(label)) names.set(label, names.size);
  return names;
}
