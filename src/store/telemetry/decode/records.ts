import type { RawLog, RawSpan } from '../../../collect/receive.ts';
import type { Json, JsonObject } from '../../../contract/json.ts';
import { type ConversationJson, conversationOf } from '../encode/conversation-json.ts';
import type { RecordRow, StoredRecord } from '../record-row.ts';
import { RowReader } from './row-reader.ts';

/** A row of `records`, and what decides between two copies of a span. */
export interface ReadRecord extends RecordRow {
  /** Of the kind, within its trace. */
  readonly id: string;
  readonly size: number;
}

/** Rows of `records` as `encodeRows` wrote them, or as the engine gives them in RowBinary. Pure: it may run on any thread. */
export function recordRows(bytes: Uint8Array): readonly ReadRecord[] {
  const reader = new RowReader(bytes);
  const rows: ReadRecord[] = [];
  while (!reader.isAtEnd) rows.push(recordRow(reader));
  return rows;
}

/**
 * Each record once, in order of arrival, by the engine's own rule: of two copies of a span the more complete wins, and
 * otherwise the later. For rows of one trace.
 */
export function distinctRecords(rows: readonly ReadRecord[]): readonly StoredRecord[] {
  const kept = new Map<string, ReadRecord>();
  for (const row of rows.toSorted((a, b) => a.received - b.received)) {
    const key = `${row.record.kind} ${row.id}`;
    const known = kept.get(key);
    if (known === undefined || row.size >= known.size) kept.set(key, row);
  }
  return [...kept.values()].map(({ record }) => record);
}

/** In the order of the columns of `RECORDS`. */
function recordRow(reader: RowReader): ReadRecord {
  const project = reader.text();
  const traceId = reader.text();
  const kind = reader.uint8();
  const id = reader.text();
  const parentId = reader.text() || null;
  reader.moment();
  const startTime = reader.nullableFloat64();
  const endTime = reader.nullableFloat64();
  const name = reader.text();
  const statusCode = STATUS[reader.uint8()] ?? 'unset';
  const statusMessage = reader.text();
  const attributes = objectOf(reader.json());
  const resource = objectOf(reader.shared());
  const scope = reader.text();
  const events = (reader.json() ?? []) as RawSpan['events'];
  const links = (reader.json() ?? []) as RawSpan['links'];
  const droppedAttributes = reader.uint32();
  const refusedKeys = reader.uint32();
  const body = reader.json();
  const format = reader.text();
  const size = reader.uint32();
  const received = reader.moment();
  const expires = reader.uint16() * DAY_MS;
  reader.text();
  const made = (): StoredRecord => {
    if (kind === SPAN) {
      const span: RawSpan = {
        ...{ traceId, spanId: id, parentId, name, startTime, endTime, statusCode, statusMessage },
        ...{ attributes, resource, scope, events, links, droppedAttributes, refusedKeys },
      };
      return { kind: 'span', span };
    }
    if (kind === LOG) {
      const log: RawLog = {
        ...{ traceId, spanId: parentId, name, time: startTime, attributes, resource },
        body: (body as { readonly body: Json }).body,
      };
      return { kind: 'log', log };
    }
    return { kind: 'conversation', conversation: conversationOf(body as ConversationJson) };
  };
  return { project, traceId, format, record: made(), received, expires, id, size };
}

const SPAN = 1;
const LOG = 2;
const STATUS = ['unset', 'ok', 'error'] as const;
const DAY_MS = 86_400_000;

const objectOf = (value: unknown): JsonObject => (value ?? {}) as JsonObject;
