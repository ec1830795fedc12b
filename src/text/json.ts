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
  if (text.length > MAX_PARSED_LENGTH || !mayBeJson(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? cleanJson(value) : (value as Json);
  } catch {
    return undefined;
  }
}

/**
 * Whether the first and last characters are those of a JSON value. Most texts that begin with a bracket or a quote are
 * prose, code or Python, and an error that is thrown and caught costs more than reading the text.
 */
function mayBeJson(text: string): boolean {
  const first = afterSpace(text, 0);
  const last = beforeSpace(text, text.length - 1);
  if (last < first) return false;
  const end = text.charCodeAt(last);
  switch (text.charCodeAt(first)) {
    case OPEN_BRACE: {
      const next = text.charCodeAt(afterSpace(text, first + 1));
      return end === CLOSE_BRACE && (next === QUOTE || next === CLOSE_BRACE);
    }
    case OPEN_BRACKET: {
      const next = afterSpace(text, first + 1);
      return end === CLOSE_BRACKET && (next === last || beginsValue(text, next));
    }
    case QUOTE:
      return end === QUOTE && last > first;
    default:
      return beginsValue(text, first);
  }
}

function beginsValue(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit === OPEN_BRACE || unit === OPEN_BRACKET || unit === QUOTE) return true;
  if (unit === MINUS || (unit >= ZERO && unit <= NINE)) return true;
  return text.startsWith('true', at) || text.startsWith('false', at) || text.startsWith('null', at);
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (isJsonSpace(text.charCodeAt(at))) at++;
  return at;
}

function beforeSpace(text: string, from: number): number {
  let at = from;
  while (isJsonSpace(text.charCodeAt(at))) at--;
  return at;
}

const isJsonSpace = (unit: number): boolean =>
  unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;

const QUOTE = 0x22;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
