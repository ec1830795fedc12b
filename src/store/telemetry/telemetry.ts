export type { AssignmentRow } from './assignment-row.ts';
export type { DefinitionKind, DefinitionRow } from './definition-row.ts';
// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { freeBytes } from './free-bytes.ts';
export {
  type EmbeddedHome,
  type OpenedStore,
  openTelemetryStore,
  type ServerHome,
  type TelemetryStoreOptions,
} from './open-telemetry-store.ts';
export type { RecordRow, StoredRecord } from './record-row.ts';
export type { EncodedRows, RowBatch, RowsByTable, RowTable } from './row-batch.ts';
export { RowsRefused } from './rows-refused.ts';
export type { ScoreRow } from './score-row.ts';
export type { SignalRow } from './signal-row.ts';
export { storedSource } from './stored-source.ts';
export type * from './telemetry-store.ts';
export type {
  CauseFacet,
  CauseRules,
  Page,
  PageRequest,
  TimeFacet,
  TraceFacet,
  TraceFilter,
  VersionFacet,
} from './trace-filter.ts';
export type { TraceRow } from './trace-row.ts';
export type * from './watched-figure.ts';
