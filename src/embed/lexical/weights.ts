import type { SparseMatrix } from '../../numeric/numeric.ts';
import { BUCKETS, type Counts } from './features.ts';

/** Columns kept, by document frequency × idf². They hold three quarters of the mass of 1,000 texts of 1,000 characters. */
const COLUMN_LIMIT = 16_384;

/**
 * Sub-linear TF-IDF fitted on the batch: (1 + ln tf) × (1 + ln((1 + n) / (1 + df))), rows of length 1.
 * Features that only one text has cannot relate texts and are dropped, so a row may be empty.
 */
export function weigh(counts: Counts): SparseMatrix {
  const frequency = documentFrequency(counts);
  const { columnOf, idf } = columnsFor(frequency, counts.rows);
  const offsets = new Int32Array(counts.rows + 1);
  const indices = new Int32Array(counts.buckets.length);
  const values = new Float32Array(counts.buckets.length);
  let used = 0;
  for (let row = 0; row < counts.rows; row++) {
    const start = used;
    let squares = 0;
    for (let entry = counts.offsets[row]!; entry < counts.offsets[row + 1]!; entry++) {
      const column = columnOf[counts.buckets[entry]!]!;
      if (column < 0) continue;
      const value = damped(counts.counts[entry]!) * idf[column]!;
      indices[used] = column;
      values[used++] = value;
      squares += value * value;
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let entry = start; entry < used; entry++) values[entry]! *= scale;
    offsets[row + 1] = used;
  }
  return {
    rows: counts.rows,
    columns: idf.length,
    offsets,
    indices: indices.slice(0, used),
    values: values.slice(0, used),
  };
}

const DAMPED: readonly number[] = Array.from({ length: 256 }, (_, tf) => 1 + Math.log(tf));
const damped = (tf: number): number => DAMPED[tf] ?? 1 + Math.log(tf);

function documentFrequency(counts: Counts): Int32Array {
  const frequency = new Int32Array(BUCKETS);
  for (const bucket of counts.buckets) frequency[bucket]! += 1;
  return frequency;
}

function columnsFor(
  frequency: Int32Array,
  rows: number,
): { columnOf: Int32Array; idf: readonly number[] } {
  const idfOf = (df: number): number => 1 + Math.log((1 + rows) / (1 + df));
  const shared: number[] = [];
  for (let bucket = 0; bucket < BUCKETS; bucket++) if (frequency[bucket]! > 1) shared.push(bucket);
  const massOf = Float64Array.from({ length: rows + 1 }, (_, df) => df * idfOf(df) ** 2);
  const mass = (bucket: number): number => massOf[frequency[bucket]!]!;
  const kept =
    shared.length <= COLUMN_LIMIT
      ? shared
      : shared
          .sort((a, b) => mass(b) - mass(a) || a - b)
          .slice(0, COLUMN_LIMIT)
          .sort((a, b) => a - b);
  const columnOf = new Int32Array(BUCKETS).fill(-1);
  for (const [column, bucket] of kept.entries()) columnOf[bucket] = column;
  return { columnOf, idf: kept.map((bucket) => idfOf(frequency[bucket]!)) };
}
