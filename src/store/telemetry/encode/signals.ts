import type { SignalRow } from '../signal-row.ts';
import { type Columns, storedDay, storedTime } from './table.ts';

const VERDICT = { no: 0, yes: 1, unknown: 2 } as const;

export const SIGNALS: Columns<SignalRow> = {
  project: (bytes, row) => bytes.text(row.project),
  detector: (bytes, row) => bytes.text(row.detector),
  anchor: (bytes, row) => bytes.moment(storedTime(row.anchor)),
  trace_id: (bytes, row) => bytes.text(row.traceId),
  span_id: (bytes, row) => bytes.text(row.spanId),
  path: (bytes, row) => bytes.text(row.path),
  verdict: (bytes, row) => bytes.uint8(VERDICT[row.verdict]),
  quote: (bytes, row) => bytes.text(row.quote),
  version: (bytes, row) => bytes.uint64(row.version),
  expires: (bytes, row) => bytes.uint16(storedDay(row.expires)),
  environment: (bytes, row) => bytes.text(row.environment),
  detector_version: (bytes, row) => bytes.text(row.detectorVersion),
};
