import type { AssignmentRow } from '../assignment-row.ts';
import { type Columns, storedDay, storedTime } from './table.ts';

export const ASSIGNMENTS: Columns<AssignmentRow> = {
  project: (bytes, row) => bytes.text(row.project),
  clustering: (bytes, row) => bytes.text(row.clustering),
  anchor: (bytes, row) => bytes.moment(storedTime(row.anchor)),
  trace_id: (bytes, row) => bytes.text(row.traceId),
  cluster: (bytes, row) => bytes.text(row.cluster),
  distance: (bytes, row) => bytes.float64(row.distance),
  version: (bytes, row) => bytes.uint64(row.version),
  expires: (bytes, row) => bytes.uint16(storedDay(row.expires)),
  environment: (bytes, row) => bytes.text(row.environment),
  detector_version: (bytes, row) => bytes.text(row.detectorVersion),
};
