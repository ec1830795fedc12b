import { type SparseMatrix, truncatedSvd } from '../numeric/numeric.ts';

const SEED = 20_240_601;
/** Maximum rows to fit the singular vectors on, evenly spaced if there are more. */
const FIT_LIMIT = 4000;

/** Projects the rows on the first singular vectors (latent semantic analysis): rows × dimensions, row-major. */
export function latentVectors(matrix: SparseMatrix, dimensions: number): Float32Array {
  if (matrix.columns === 0) return new Float32Array(matrix.rows * dimensions);
  const sample = everyNthRow(matrix, FIT_LIMIT);
  const { vectors: fitted, components } = truncatedSvd(sample, {
    dimensions,
    seed: SEED,
    iterations: 0,
  });
  if (sample === matrix) return fitted;
  const byColumn = transposed(components, dimensions, matrix.columns);
  const vectors = new Float32Array(matrix.rows * dimensions);
  for (let row = 0; row < matrix.rows; row++) {
    const to = row * dimensions;
    for (let entry = matrix.offsets[row]!; entry < matrix.offsets[row + 1]!; entry++) {
      const value = matrix.values[entry]!;
      const from = matrix.indices[entry]! * dimensions;
      for (let j = 0; j < dimensions; j++) vectors[to + j]! += value * byColumn[from + j]!;
    }
  }
  return vectors;
}

function everyNthRow(matrix: SparseMatrix, limit: number): SparseMatrix {
  if (matrix.rows <= limit) return matrix;
  const rows = Array.from({ length: limit }, (_, i) => Math.floor((i * matrix.rows) / limit));
  const ranges = rows.map((row) => [matrix.offsets[row]!, matrix.offsets[row + 1]!] as const);
  const offsets = new Int32Array(limit + 1);
  for (const [i, [start, end]] of ranges.entries()) offsets[i + 1] = offsets[i]! + end - start;
  const indices = new Int32Array(offsets[limit]!);
  const values = new Float32Array(offsets[limit]!);
  for (const [i, [start, end]] of ranges.entries()) {
    indices.set(matrix.indices.subarray(start, end), offsets[i]!);
    values.set(matrix.values.subarray(start, end), offsets[i]!);
  }
  return { rows: limit, columns: matrix.columns, offsets, indices, values };
}

function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result[column * rows + row] = values[row * columns + column]!;
  return result;
}
