import type { Json, JsonObject } from '../contract/json.ts';
import { cleanJson } from './clean-json.ts';

/** JSON texts longer than this stay text. */
const MAX_PARSED_LENGTH = 8 * 1024 * 1024;

/** Whether a parsed value is an object, not a list and not null. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a parsed value is a list. */
export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value a JSON text holds, cleaned; undefined when it does not parse or is too long. */
export function parseJson(text: string): Json | undefined {
  if (text.length > MAX_PARSED_LENGTH) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? cleanJson(value) : (value as Json);
  } catch {
    return undefined;
  }
}
