import type { DefinitionRow } from '../definition-row.ts';
import { type Columns, storedDay, storedTime } from './table.ts';

const KIND = { prompt: 1, tool: 2 } as const;

export const DEFINITIONS: Columns<DefinitionRow> = {
  project: (bytes, row) => bytes.text(row.project),
  kind: (bytes, row) => bytes.uint8(KIND[row.kind]),
  name: (bytes, row) => bytes.text(row.name),
  version: (bytes, row) => bytes.text(row.version),
  hash: (bytes, row) => bytes.text(row.hash),
  text: (bytes, row) => bytes.text(row.text),
  size: (bytes, row) => bytes.uint32(row.size),
  first_seen: (bytes, row) => bytes.moment(storedTime(row.first)),
  last_seen: (bytes, row) => bytes.moment(storedTime(row.last)),
  least_trace: (bytes, row) => bytes.text(row.traceId),
  greatest_trace: (bytes, row) => bytes.text(row.traceId),
  expires: (bytes, row) => bytes.uint16(storedDay(row.expires)),
};
