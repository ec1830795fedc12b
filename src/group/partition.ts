import type { GroupInput } from './group-input.ts';

export interface Partition {
  readonly name: string;
  /** Ascending. */
  readonly rows: readonly number[];
}

/** Rows by partition name, names in order; rows without a vector belong nowhere. */
export function partitionRows(
  { vectors, dimensions, partitions }: GroupInput,
  n: number,
): Partition[] {
  const byName = new Map<string, number[]>();
  for (let row = 0; row < n; row += 1) {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    if (!vector.some((value) => value !== 0)) continue;
    const name = partitions?.[row] ?? '';
    const rows = byName.get(name);
    if (rows === undefined) byName.set(name, [row]);
    else rows.push(row);
  }
  return [...byName]
    .map(([name, rows]) => ({ name, rows }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The vectors of some rows, copied together. */
export function gather({ vectors, dimensions }: GroupInput, rows: readonly number[]): Float32Array {
  const gathered = new Float32Array(rows.length * dimensions);
  for (const [position, row] of rows.entries())
    gathered.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), position * dimensions);
  return gathered;
}
