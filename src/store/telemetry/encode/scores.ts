import type { ScoreRow } from '../score-row.ts';
import { type Columns, storedDay, storedTime } from './table.ts';

const ANNOTATOR = { unknown: 0, human: 1, model: 2, code: 3 } as const;

export const SCORES: Columns<ScoreRow> = {
  project: (bytes, row) => bytes.text(row.project),
  trace_id: (bytes, row) => bytes.text(row.traceId),
  session_id: (bytes, row) => bytes.text(row.sessionId),
  response_id: (bytes, row) => bytes.text(row.responseId),
  span_id: (bytes, row) => bytes.text(row.score.spanId ?? ''),
  name: (bytes, row) => bytes.text(row.score.name),
  source: (bytes, row) => bytes.text(row.source),
  id: (bytes, row) => bytes.text(row.id),
  value: (bytes, row) => bytes.nullableFloat64(row.score.value),
  // Null apart from '': as JSON.
  label: (bytes, row) => bytes.text(JSON.stringify(row.score.label)),
  explanation: (bytes, row) => bytes.text(JSON.stringify(row.score.explanation)),
  annotator: (bytes, row) => bytes.uint8(ANNOTATOR[row.score.annotator]),
  at: (bytes, row) => bytes.moment(storedTime(row.at)),
  version: (bytes, row) => bytes.moment(storedTime(row.version)),
  expires: (bytes, row) => bytes.uint16(storedDay(row.expires)),
  environment: (bytes, row) => bytes.text(row.environment),
};
