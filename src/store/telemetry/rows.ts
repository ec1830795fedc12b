/** Rows in ClickHouse's RowBinary, written and read. Pure, and light to load: for threads. */

// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { type AssignmentRow, assignmentVersion, MOST_VERSIONS, ROLLING } from './assignment-row.ts';
export { distinctRecords, type ReadRecord, recordRows } from './decode/records.ts';
export { encodeRows } from './encode/encode-rows.ts';
export type { RecordRow, StoredRecord } from './record-row.ts';
export type { EncodedRows } from './row-batch.ts';
export type { ScoreRow } from './score-row.ts';
