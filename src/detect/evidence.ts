import type { Evidence } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import { textAt, textOf, valueAt } from '../trace/text-at.ts';
import { recordedPlace } from './recorded-place.ts';
import { surroundings } from './surroundings.ts';

/** Longest quote kept in evidence, in characters. */
const QUOTE_LIMIT = 400;

/**
 * Evidence for `text` at `path` (JSON Pointer, RFC 6901, into the trace), or null when the text is
 * not there verbatim: a claim that cannot be quoted is dropped. What was derived from the file is quoted by
 * what the file holds (see `recordedPlace`). Long quotes are cut at the end.
 */
export function quote(
  trace: Trace,
  path: string,
  text: string,
  spanId: string | null,
): Evidence | null {
  const value = valueAt(trace, path);
  const cut = shorten(text);
  if (cut === '' || textOf(value)?.includes(cut) !== true) return null;
  const place = recordedPlace(trace, value, { path, text, spanId });
  if (place === null) return null;
  const found = textAt(trace, place.path);
  if (found === undefined || found === '') return null;
  const shown = shorten(place.text === '' ? found : place.text);
  if (!found.includes(shown)) return null;
  return { spanId: place.spanId, path: place.path, quote: shown };
}

/** Evidence in which a word is quoted with the field or the sentence around it, at most 400 characters. */
export function inContext(trace: Trace, evidence: Evidence): Evidence {
  const { path, quote: word } = evidence;
  if (!HAS_SENTENCES.test(path)) return evidence;
  return { ...evidence, quote: shorten(surroundings(textAt(trace, path) ?? word, word)) };
}

/** Texts that people and models write; elsewhere a value is quoted alone. */
const HAS_SENTENCES = /^\/(?:input|output|(?:messages|documents)\/\d+\/content)$/;

/** At most 400 characters, no half of a surrogate pair. */
function shorten(text: string): string {
  const cut = text.slice(0, QUOTE_LIMIT);
  return cut.length < text.length && /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** Whether evidence still holds against the trace. */
export function isVerbatim(trace: Trace, evidence: Evidence): boolean {
  return evidence.quote !== '' && (textAt(trace, evidence.path)?.includes(evidence.quote) ?? false);
}

/** Reference tokens of a JSON Pointer, escaped. */
export function pointer(...tokens: readonly (string | number)[]): string {
  let path = '';
  for (const token of tokens) path += `/${typeof token === 'number' ? token : escaped(token)}`;
  return path;
}

const escaped = (token: string): string =>
  /[~/]/.test(token) ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token;
