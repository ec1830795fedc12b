import type { Evidence } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';

/** Longest quote kept in evidence, in characters. */
const QUOTE_LIMIT = 400;

/**
 * Evidence for `text` at `path` (JSON Pointer, RFC 6901, into the trace), or null when the text is
 * not there verbatim: a claim that cannot be quoted is dropped. Long quotes are cut at the end.
 */
export function quote(
  trace: Trace,
  path: string,
  text: string,
  spanId: string | null,
): Evidence | null {
  const found = textAt(trace, path);
  const cut = text.slice(0, QUOTE_LIMIT);
  return cut !== '' && found?.includes(cut) ? { spanId, path, quote: cut } : null;
}

/** Whether evidence still holds against the trace. */
export function isVerbatim(trace: Trace, evidence: Evidence): boolean {
  return evidence.quote !== '' && (textAt(trace, evidence.path)?.includes(evidence.quote) ?? false);
}

/** The value at a pointer as text: strings as they are, other values as compact JSON; undefined when nothing is there. */
export function textAt(trace: Trace, path: string): string | undefined {
  let value: unknown = trace;
  for (const token of path.split('/').slice(1)) {
    const key = token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Reference tokens of a JSON Pointer, escaped. */
export function pointer(...tokens: readonly (string | number)[]): string {
  let path = '';
  for (const token of tokens) path += `/${typeof token === 'number' ? token : escaped(token)}`;
  return path;
}

const escaped = (token: string): string =>
  /[~/]/.test(token) ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token;
