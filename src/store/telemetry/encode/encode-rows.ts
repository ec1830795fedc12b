import type { EncodedRows, RowBatch, RowsByTable, RowTable } from '../row-batch.ts';
import { traceKey } from '../trace-key.ts';
import { ASSIGNMENTS } from './assignments.ts';
import { DEFINITIONS } from './definitions.ts';
import { RECORDS } from './records.ts';
import { RowBytes } from './row-bytes.ts';
import { SCORES } from './scores.ts';
import { SIGNALS } from './signals.ts';
import type { Columns } from './table.ts';
import { TRACES } from './traces.ts';

const COLUMNS: { readonly [Table in RowTable]: Columns<RowsByTable[Table]> } = {
  records: RECORDS,
  traces: TRACES,
  signals: SIGNALS,
  scores: SCORES,
  assignments: ASSIGNMENTS,
  definitions: DEFINITIONS,
};

export const ROW_TABLES = Object.keys(COLUMNS) as readonly RowTable[];

/** The columns of a table in the order of its encoded rows. */
export const columnNames = (table: RowTable): readonly string[] => Object.keys(COLUMNS[table]);

/** Rows as ClickHouse reads them. Pure: it may run on any thread, and encoded rows of one table may be joined end to end. */
export const encodeRows = (batch: RowBatch): readonly EncodedRows[] =>
  ROW_TABLES.flatMap((table) => encoded(table, batch[table] as readonly never[] | undefined));

function encoded<Table extends RowTable>(
  table: Table,
  rows: readonly RowsByTable[Table][] = [],
): readonly EncodedRows[] {
  if (rows.length === 0) return [];
  const bytes = new RowBytes(Math.min(MAX_START, rows.length * GUESS));
  const writers = Object.values(COLUMNS[table]);
  const keys = new Float64Array(rows.length);
  const ends = new Uint32Array(rows.length);
  rows.forEach((row, at) => {
    for (const write of writers) write(bytes, row);
    keys[at] = traceKey(row.project, row.traceId);
    ends[at] = bytes.length;
  });
  return [{ table, count: rows.length, bytes: bytes.taken(), keys, ends }];
}

/** Bytes of a row, about; and of the first buffer at most. */
const GUESS = 2048;
const MAX_START = 1 << 24;
