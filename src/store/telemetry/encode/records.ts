import { createHash } from 'node:crypto';
import { type RawLog, type RawSpan, spanSize } from '../../../collect/collect.ts';
import type { RecordRow } from '../record-row.ts';
import { conversationJson } from './conversation-json.ts';
import { type Columns, STATUS, storedDay, storedTime } from './table.ts';

const KIND = { span: 1, log: 2, conversation: 3 } as const;

export const RECORDS: Columns<RecordRow> = {
  project: (bytes, row) => bytes.text(row.project),
  trace_id: (bytes, row) => bytes.text(row.traceId),
  kind: (bytes, row) => bytes.uint8(KIND[row.record.kind]),
  id: (bytes, row) => bytes.text(idOf(row)),
  parent_id: (bytes, row) => bytes.text(spanOf(row)?.parentId ?? logOf(row)?.spanId ?? ''),
  start: (bytes, row) => bytes.moment(placeInTime(row)),
  started: (bytes, row) => bytes.nullableFloat64(startOf(row)),
  ended: (bytes, row) => bytes.nullableFloat64(spanOf(row)?.endTime ?? null),
  name: (bytes, row) => bytes.text(spanOf(row)?.name ?? logOf(row)?.name ?? ''),
  status: (bytes, row) => bytes.uint8(STATUS[spanOf(row)?.statusCode ?? 'unset']),
  status_message: (bytes, row) => bytes.text(spanOf(row)?.statusMessage ?? ''),
  attributes: (bytes, row) => bytes.json(spanOf(row)?.attributes ?? logOf(row)?.attributes),
  resource: (bytes, row) => bytes.shared(spanOf(row)?.resource ?? logOf(row)?.resource),
  scope: (bytes, row) => bytes.text(spanOf(row)?.scope ?? ''),
  events: (bytes, row) => bytes.json(filled(spanOf(row)?.events)),
  links: (bytes, row) => bytes.json(filled(spanOf(row)?.links)),
  dropped: (bytes, row) => bytes.uint32(spanOf(row)?.droppedAttributes ?? 0),
  refused: (bytes, row) => bytes.uint32(spanOf(row)?.refusedKeys ?? 0),
  body: (bytes, row) => bytes.json(bodyOf(row)),
  format: (bytes, row) => bytes.text(row.format),
  size: (bytes, row) => bytes.uint32(row.record.kind === 'span' ? spanSize(row.record.span) : 0),
  received: (bytes, row) => bytes.moment(storedTime(row.received)),
  expires: (bytes, row) => bytes.uint16(storedDay(row.expires)),
  response_id: (bytes, row) => bytes.text(responseOf(row)),
};

const spanOf = ({ record }: RecordRow): RawSpan | undefined =>
  record.kind === 'span' ? record.span : undefined;

const logOf = ({ record }: RecordRow): RawLog | undefined =>
  record.kind === 'log' ? record.log : undefined;

/** Scores name it. */
function responseOf(row: RecordRow): string {
  const { attributes } = spanOf(row) ?? {};
  const id = attributes?.['gen_ai.response.id'] || attributes?.['ai.response.id'];
  return typeof id === 'string' ? id : '';
}

const startOf = (row: RecordRow): number | null =>
  spanOf(row)?.startTime ?? logOf(row)?.time ?? null;

const filled = <Item>(list: readonly Item[] | undefined): readonly Item[] | undefined =>
  list?.length ? list : undefined;

/** A log event has no id of its own: the same content is the same event. */
function idOf(row: RecordRow): string {
  const { record } = row;
  if (record.kind === 'span') return record.span.spanId;
  if (record.kind === 'conversation') return '';
  const { name, time, body, attributes } = record.log;
  const content = JSON.stringify([name, time, body, attributes]);
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}

function bodyOf({ record }: RecordRow): object | undefined {
  if (record.kind === 'conversation') return conversationJson(record.conversation);
  return record.kind === 'log' ? { body: record.log.body } : undefined;
}

/** The start, which decides on the partition; the time of receipt for clocks that are years off. */
function placeInTime(row: RecordRow): number {
  const start = startOf(row);
  const received = storedTime(row.received);
  if (start === null) return received;
  return start > received - TEN_YEARS_MS && start < received + DAY_MS
    ? storedTime(start)
    : received;
}

const DAY_MS = 86_400_000;
const TEN_YEARS_MS = 3653 * DAY_MS;
