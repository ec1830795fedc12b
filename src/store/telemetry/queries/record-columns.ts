import type { RawLog, RawSpan } from '../../../collect/collect.ts';
import type { Json, JsonObject } from '../../../contract/json.ts';
import { type ConversationJson, conversationOf } from '../encode/conversation-json.ts';
import type { StoredRecord } from '../record-row.ts';

/** A row of `records` as JSON; lists and objects are texts of JSON, '' for none. */
export interface RecordJson {
  readonly trace_id: string;
  readonly kind: 'span' | 'log' | 'conversation';
  readonly id: string;
  readonly parent_id: string;
  readonly started: number | null;
  readonly ended: number | null;
  readonly name: string;
  readonly status: RawSpan['statusCode'];
  readonly status_message: string;
  readonly attributes: string;
  readonly resource: string;
  readonly scope: string;
  readonly events: string;
  readonly links: string;
  readonly dropped: number;
  readonly refused: number;
  readonly body: string;
  readonly format: string;
  readonly size: number;
}

export const RECORD_COLUMNS: string = [
  ...['trace_id', 'kind', 'id', 'parent_id', 'started', 'ended', 'name', 'status'],
  ...['status_message', 'attributes', 'resource', 'scope', 'events', 'links', 'dropped'],
  ...['refused', 'body', 'format', 'size'],
].join(', ');

/** A record as it was received. */
export function recordOfJson(row: RecordJson): StoredRecord {
  if (row.kind === 'span') return { kind: 'span', span: spanOf(row) };
  if (row.kind === 'log') return { kind: 'log', log: logOf(row) };
  return {
    kind: 'conversation',
    conversation: conversationOf(JSON.parse(row.body) as ConversationJson),
  };
}

const spanOf = (row: RecordJson): RawSpan => ({
  traceId: row.trace_id,
  spanId: row.id,
  parentId: row.parent_id || null,
  name: row.name,
  startTime: row.started,
  endTime: row.ended,
  statusCode: row.status,
  statusMessage: row.status_message,
  attributes: objectOf(row.attributes),
  resource: objectOf(row.resource),
  scope: row.scope,
  events: listOf(row.events),
  links: listOf(row.links),
  droppedAttributes: row.dropped,
  refusedKeys: row.refused,
});

const logOf = (row: RecordJson): RawLog => ({
  traceId: row.trace_id,
  spanId: row.parent_id || null,
  name: row.name,
  time: row.started,
  body: (JSON.parse(row.body) as { readonly body: Json }).body,
  attributes: objectOf(row.attributes),
  resource: objectOf(row.resource),
});

const objectOf = (text: string): JsonObject =>
  text === '' ? {} : (JSON.parse(text) as JsonObject);
const listOf = <Item>(text: string): readonly Item[] =>
  text === '' ? [] : (JSON.parse(text) as readonly Item[]);

/**
 * Each record once: copies that the engine has not merged yet are left out, by its own rule: of a span the more
 * complete wins, and otherwise the later.
 */
export function distinct(rows: readonly RecordJson[]): readonly RecordJson[] {
  const kept = new Map<string, RecordJson>();
  for (const row of rows) {
    const key = `${row.kind} ${row.id}`;
    const known = kept.get(key);
    if (known === undefined || row.size >= known.size) kept.set(key, row);
  }
  return [...kept.values()];
}
