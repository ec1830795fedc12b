import type { AssignmentRow } from './assignment-row.ts';
import type { DefinitionRow } from './definition-row.ts';
import type { RecordRow } from './record-row.ts';
import type { ScoreRow } from './score-row.ts';
import type { SignalRow } from './signal-row.ts';
import type { TraceRow } from './trace-row.ts';

/** The tables that take rows, by what a row of each is. */
export interface RowsByTable {
  readonly records: RecordRow;
  readonly traces: TraceRow;
  readonly signals: SignalRow;
  readonly scores: ScoreRow;
  readonly assignments: AssignmentRow;
  readonly definitions: DefinitionRow;
}

export type RowTable = keyof RowsByTable;

/** Rows to write together. They become durable together per table, not across tables. */
export type RowBatch = { readonly [Table in RowTable]?: readonly RowsByTable[Table][] };

/** Rows of one table as ClickHouse reads them (RowBinary): made by `encodeRows`, on any thread. */
export interface EncodedRows {
  readonly table: RowTable;
  readonly count: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `traceKey` of the trace of each row. */
  readonly keys: Float64Array<ArrayBuffer>;
  /** Where each row ends. */
  readonly ends: Uint32Array<ArrayBuffer>;
}
