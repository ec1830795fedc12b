import type { GroupInput } from './group-input.ts';

/** Whether a row has no vector because there was no text to embed. */
export function isEmpty({ vectors, dimensions }: GroupInput, row: number): boolean {
  for (let column = row * dimensions; column < (row + 1) * dimensions; column += 1)
    if (vectors[column] !== 0) return false;
  return true;
}

/** The vectors of some rows, copied together. */
export function gather({ vectors, dimensions }: GroupInput, rows: readonly number[]): Float32Array {
  const gathered = new Float32Array(rows.length * dimensions);
  for (const [position, row] of rows.entries())
    gathered.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), position * dimensions);
  return gathered;
}
