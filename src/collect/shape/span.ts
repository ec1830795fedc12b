import type { Json, JsonObject } from '../../contract/json.ts';
import { identifier } from '../json/identifier.ts';
import type { RawRecord, RawScore, RawSpan } from '../record.ts';

/** A span from the parts a shape has; the rest is empty. */
export function rawSpan(
  parts: Pick<RawSpan, 'traceId' | 'spanId' | 'parentId' | 'name'> & Partial<RawSpan>,
): RawSpan {
  return {
    startTime: null,
    endTime: null,
    statusCode: 'unset',
    statusMessage: '',
    attributes: {},
    resource: {},
    scope: '',
    events: [],
    links: [],
    droppedAttributes: 0,
    ...parts,
  };
}

export function spanRecord(span: RawSpan): RawRecord {
  return { kind: 'span', span };
}

export function scoreRecord(score: RawScore): RawRecord {
  return { kind: 'score', score };
}

export const traceIdOf = (value: Json | undefined): string => identifier(value, 16);
export const spanIdOf = (value: Json | undefined): string => identifier(value, 8);

/** A parent id; null for a root. */
export function parentIdOf(value: Json | undefined): string | null {
  const id = spanIdOf(value);
  return id === '' ? null : id;
}

/** Without the entries that are null, undefined or empty text. */
export function filled(record: JsonObject): JsonObject {
  const out: Record<string, Json> = {};
  for (const key in record) {
    const value = record[key];
    if (value !== undefined && value !== null && value !== '') out[key] = value;
  }
  return out;
}

/** The entries of `record` under `prefix`. */
export function prefixed(prefix: string, record: JsonObject): JsonObject {
  const out: Record<string, Json> = {};
  for (const [key, value] of Object.entries(record)) {
    if (value !== undefined && value !== null) out[`${prefix}${key}`] = value;
  }
  return out;
}

/** `OK`, `STATUS_CODE_ERROR`, `StatusCode.ERROR`, 2, …, in one spelling. */
export function statusOf(value: Json | undefined): RawSpan['statusCode'] {
  if (value === 2) return 'error';
  if (value === 1) return 'ok';
  if (typeof value !== 'string') return 'unset';
  const word = value.toLowerCase().replace(/^.*[._]/, '');
  if (word === 'error' || word === 'ok') return word;
  return word === 'failed' || word === 'failure' ? 'error' : 'unset';
}
