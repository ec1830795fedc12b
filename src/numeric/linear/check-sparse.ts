import { checkInteger, checkSameLength } from '../checks.ts';
import { NumericError } from '../numeric-error.ts';
import type { SparseMatrix } from './sparse-matrix.ts';

export function checkSparse({ rows, columns, offsets, indices, values }: SparseMatrix): void {
  checkInteger('matrix.rows', rows, 0);
  checkInteger('matrix.columns', columns, 0);
  checkSameLength('matrix.offsets', offsets.length, 'matrix.rows + 1', rows + 1);
  const fault = (what: string) => new NumericError('invalid_input', `matrix.${what}`);
  if (offsets[0] !== 0) throw fault(`offsets[0] is ${offsets[0]}; it must be 0`);
  for (let row = 0; row < rows; row++)
    if (offsets[row + 1]! < offsets[row]!)
      throw fault(`offsets[${row + 1}] is less than the one before; they must ascend`);
  const entries = offsets[rows]!;
  checkSameLength('matrix.indices', indices.length, 'its last offset', entries);
  checkSameLength('matrix.values', values.length, 'its last offset', entries);
  for (let entry = 0; entry < entries; entry++) {
    if (indices[entry]! < 0 || indices[entry]! >= columns)
      throw fault(`indices[${entry}] is ${indices[entry]}; there are ${columns} columns`);
    if (!(Math.abs(values[entry]!) <= LARGEST))
      throw fault(`values[${entry}] is ${values[entry]}; it must be finite and within ±1e15`);
  }
}

/** Squares of larger values could overflow the Float32 blocks. */
const LARGEST = 1e15;
