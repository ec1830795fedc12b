import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord, parseJson } from '../../text/json.ts';

/**
 * The object or list that a value is, or encodes as JSON text, once or twice. Recorders never encode
 * more often; any other value comes back unchanged.
 */
export function structured(value: Json): Json {
  if (typeof value !== 'string' || !looksEncoded(value)) return value;
  const once = parseJson(value);
  if (typeof once === 'object' && once !== null) return once;
  if (typeof once !== 'string') return value;
  if (!looksEncoded(once)) return once;
  const twice = parseJson(once);
  return typeof twice === 'object' && twice !== null ? twice : once;
}

/** Object a value is or encodes; an empty one otherwise. */
export function recordOf(value: Json | undefined): JsonObject {
  if (value === undefined) return {};
  const parsed = structured(value);
  return isRecord(parsed) ? parsed : {};
}

/** The value as text: strings unchanged, '' for null, other values as compact JSON. */
export function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return JSON.stringify(value);
}

/** A non-empty string, or a number as text. */
export function stringOf(value: Json | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}

/** A finite number, also when written as text. */
export function numberOf(value: Json | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** True for null, '', [], {} and the JSON texts of the last two. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === '{}' || value === '[]') {
    return true;
  }
  if (typeof value !== 'object') return false;
  if (isList(value)) return value.length === 0;
  for (const _key in value) return false;
  return true;
}

/** Value of the first key that is neither missing, null nor empty text. */
export function pick(record: JsonObject, ...keys: readonly string[]): Json | undefined {
  for (const key of keys) {
    const value = record[key];
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

function looksEncoded(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d) continue;
    return code === 0x7b || code === 0x5b || code === 0x22;
  }
  return false;
}
