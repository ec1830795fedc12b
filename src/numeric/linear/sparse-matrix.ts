/** Compressed sparse rows: row r holds `indices` and `values` from `offsets[r]` up to `offsets[r + 1]`. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  /** rows + 1 ascending positions, the first 0. */
  readonly offsets: Int32Array;
  /** Column of each value; a column listed twice in a row counts as the sum. */
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** The matrix without its empty columns, and where each kept column was. */
export function dropEmptyColumns(matrix: SparseMatrix): {
  matrix: SparseMatrix;
  kept: Int32Array;
} {
  const target = new Int32Array(matrix.columns).fill(-1);
  for (const column of matrix.indices) target[column] = 0;
  let columns = 0;
  for (let column = 0; column < matrix.columns; column++)
    if (target[column] === 0) target[column] = columns++;
  const kept = new Int32Array(columns);
  for (let column = 0; column < matrix.columns; column++)
    if (target[column]! >= 0) kept[target[column]!] = column;
  const indices = matrix.indices.map((column) => target[column]!);
  return { matrix: { ...matrix, columns, indices }, kept };
}

/** The transpose, again by rows; entries of a row keep their order. */
export function transposeSparse(matrix: SparseMatrix): SparseMatrix {
  const { rows, columns, offsets, indices, values } = matrix;
  const starts = new Int32Array(columns + 1);
  for (const column of indices) starts[column + 1]! += 1;
  for (let column = 0; column < columns; column++) starts[column + 1]! += starts[column]!;
  const cursor = starts.slice();
  const rowOf = new Int32Array(indices.length);
  const moved = new Float32Array(indices.length);
  for (let row = 0; row < rows; row++)
    for (let entry = offsets[row]!; entry < offsets[row + 1]!; entry++) {
      const to = cursor[indices[entry]!]!++;
      rowOf[to] = row;
      moved[to] = values[entry]!;
    }
  return { rows: columns, columns: rows, offsets: starts, indices: rowOf, values: moved };
}
