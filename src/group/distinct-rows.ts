import { fnv1aOf } from '../text/hash.ts';
import type { GroupInput } from './group-input.ts';

export interface DistinctRows {
  /** The first row of each different vector, ascending. */
  readonly rows: readonly number[];
  /** For each given row, the position in `rows` of the one with the same vector. */
  readonly places: Int32Array;
}

/** Deduplicates rows: failures with the same brief have the same vector, bit for bit. */
export function distinctRows(input: GroupInput, rows: readonly number[]): DistinctRows {
  const bits = new Uint32Array(
    input.vectors.buffer,
    input.vectors.byteOffset,
    input.vectors.length,
  );
  const seen = new Map<number, number[]>();
  const distinct: number[] = [];
  const places = Int32Array.from(rows, (row) => {
    const hash = fnv1aOf(bits, row * input.dimensions, (row + 1) * input.dimensions);
    let candidates = seen.get(hash);
    if (candidates === undefined) {
      candidates = [];
      seen.set(hash, candidates);
    }
    const known = candidates.find((place) => isSame(bits, distinct[place]!, row, input.dimensions));
    if (known !== undefined) return known;
    candidates.push(distinct.length);
    return distinct.push(row) - 1;
  });
  return { rows: distinct, places };
}

function isSame(bits: Uint32Array, a: number, b: number, length: number): boolean {
  for (let at = 0; at < length; at += 1)
    if (bits[a * length + at] !== bits[b * length + at]) return false;
  return true;
}
