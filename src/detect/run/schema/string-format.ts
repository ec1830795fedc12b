import { format } from '@cfworker/json-schema';

/** Longer strings have no format that anyone checks; the checks below are at worst quadratic. */
const LONGEST = 2_000;

/**
 * Whether a string has a `format` of JSON Schema; null for an unknown format, a string over 2,000
 * characters, and the two formats whose usual check has no bound (`url`, `regex`).
 */
export function hasFormat(name: string, value: string): boolean | null {
  if (value.length > LONGEST || UNBOUNDED.has(name) || !Object.hasOwn(format, name)) return null;
  return format[name]?.(value) ?? null;
}

/** `url` backtracks without end on long host names; `regex` compiles the value. */
const UNBOUNDED = new Set(['url', 'regex']);
