import type { Ledger } from '../../contract/ledger.ts';
import { naturalOrder } from '../../text/natural-order.ts';

/** One trace for a ledger: its attributes by name, and when it began. */
export interface LedgerRow {
  readonly [attribute: string]: string | number | null;
}

/** A ledger of traces given as attributes; `startTime` is their time, `failed` 1 where they failed. */
export function makeLedger(rows: readonly LedgerRow[], eligible: number = rows.length): Ledger {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  names.delete('startTime');
  names.delete('failed');
  const columns = [...names].sort().map((name) => {
    const own = rows.map((row) => row[name] ?? null);
    const values = [...new Set(own.filter((value) => value !== null).map(String))];
    values.sort(naturalOrder);
    const places = new Map(values.map((value, place) => [value, place]));
    return { name, values, at: Int32Array.from(own, (value) => places.get(String(value)) ?? -1) };
  });
  return {
    eligible,
    rows: rows.length,
    startTime: Float64Array.from(rows, ({ startTime }) => Number(startTime ?? Number.NaN)),
    failed: Uint8Array.from(rows, ({ failed }) => Number(failed ?? 0)),
    inputs: rows.map(() => ''),
    columns,
    lists: [],
    tooMany: [],
    scores: [],
    failures: [],
  };
}
