import type { Trace } from '../contract/trace.ts';

/** The value at a JSON Pointer (RFC 6901) into a trace, as text: strings as they are, other values as compact JSON; undefined when nothing is there. */
export const textAt = (trace: Trace, path: string): string | undefined =>
  textOf(valueAt(trace, path));

/** The value at a JSON Pointer; undefined when nothing is there. */
export function valueAt(trace: Trace, path: string): unknown {
  let value: unknown = trace;
  for (const token of path.split('/').slice(1)) {
    const key = token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** A value as evidence quotes it; undefined for nothing. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
