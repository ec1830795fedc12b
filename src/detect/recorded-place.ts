import type { Json } from '../contract/json.ts';
import type { Span, Trace } from '../contract/trace.ts';
import { type Leaf, leavesOf } from './run/leaves.ts';

/** A place of the trace and the text to quote there. */
export interface Place {
  readonly path: string;
  readonly text: string;
  readonly spanId: string | null;
}

/**
 * The place whose text the file holds as written, for a place whose text was derived from the file:
 * objects are quoted by one of their values, because JSON can be spaced and spelled in many ways; sums by
 * the largest summand; canonical words (status, error type, finish reason) by the recorded word or by the
 * name of the span; a score by its explanation; the text of a span by the message with that text. Other places come back unchanged.
 */
export function recordedPlace(trace: Trace, value: unknown, place: Place): Place | null {
  const { path } = place;
  if (typeof value === 'object' && value !== null) return leafPlace(value as Json, place);
  if (path === '/output') return answerPlace(trace, place);
  if (path === '/status' || (path === '/error/type' && place.text === OTHER)) {
    const status = { ...place, path: '/status', text: trace.status };
    return nameOf(trace, place.spanId ?? trace.error?.spanId ?? null) ?? status;
  }
  if (path === '/startTime' || path === '/endTime')
    return nameOf(trace, place.spanId ?? longestSpan(trace)?.id ?? null) ?? place;
  const score = trace.scores[Number(SCORE.exec(path)?.[1])];
  if (score?.explanation) {
    const explained = path.replace(/[^/]+$/, 'explanation');
    return { ...place, path: explained, text: score.explanation };
  }
  const usage = USAGE.exec(path)?.[1];
  if (usage !== undefined) return usagePlace(trace, usage as keyof Span['usage'], place);
  const [, span, field] = SPAN.exec(path) ?? [];
  if (field === 'finishReason') return finishPlace(trace, Number(span), place);
  if (field === 'input' || field === 'output') return messagePlace(trace, place);
  return place;
}

/** The error type that OpenTelemetry's conventions prescribe for an unknown error. */
const OTHER = '_OTHER';
const SCORE = /^\/scores\/(\d+)\/(?:value|label)$/;
const USAGE = /^\/usage\/(\w+)$/;
const SPAN = /^\/spans\/(\d+)\/(finishReason|input|output)$/;
const CALL = /^(\/messages\/\d+\/toolCalls\/\d+|\/spans\/\d+\/toolCall)\/arguments/;

/** The value that says most: the longest text, else a whole number, else any; of no value, the call's name. */
function leafPlace(value: Json, { path, text, spanId }: Place): Place | null {
  const whole = text === JSON.stringify(value);
  let best: { readonly leaf: Leaf; readonly worth: number } | null = null;
  for (const leaf of leavesOf(value)) {
    const spelled = String(leaf.value);
    if (!whole && !text.includes(spelled) && !spelled.includes(text)) continue;
    const worth = worthOf(leaf);
    if (worth > 0 && (best === null || worth > best.worth)) best = { leaf, worth };
  }
  if (best !== null) {
    const { path: inside, value: found } = best.leaf;
    return { path: path + inside.map(token).join(''), text: String(found), spanId };
  }
  const call = CALL.exec(path)?.[1];
  return call === undefined ? null : { path: `${call}/name`, text: NAME, spanId };
}

/** Stands for the whole text at the place. */
const NAME = '';

function worthOf({ value }: Leaf): number {
  if (typeof value === 'string') return value.trim() === '' ? 0 : 10 + Math.min(value.length, 400);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 2 : 1;
  return 0;
}

const token = (part: string | number): string =>
  `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** An answer that only calls tools has no text of its own: its last call is quoted. */
function answerPlace({ messages, output }: Trace, place: Place): Place | null {
  const at = messages.findLastIndex(({ toolCalls }) => toolCalls.length > 0);
  const calls = messages[at]?.toolCalls ?? [];
  if (calls.length === 0 || !output.startsWith('[{') || output !== JSON.stringify(calls))
    return place;
  const last = calls.length - 1;
  const path = `/messages/${at}/toolCalls/${last}/arguments`;
  const made = calls[last]!.arguments;
  const whole = { ...place, path, text: JSON.stringify(made) };
  return typeof made === 'string' ? { ...place, path, text: made } : leafPlace(made, whole);
}

/** The name of a span that the file holds; null for the spans made for rows without any. */
function nameOf({ spans }: Trace, spanId: string | null): Place | null {
  const at = spans.findIndex(({ id }) => id === spanId);
  const span = spans[at];
  if (span === undefined || span.name === '' || !isRecorded(span)) return null;
  return { path: `/spans/${at}/name`, text: span.name, spanId };
}

const isRecorded = ({ attributes, startTime }: Span): boolean =>
  startTime !== null || Object.keys(attributes).length > 0;

const longestSpan = ({ spans }: Trace): Span | undefined =>
  spans.toSorted((a, b) => duration(b) - duration(a))[0];

const duration = ({ startTime, endTime }: Span): number =>
  startTime === null || endTime === null ? 0 : endTime - startTime;

function usagePlace({ spans }: Trace, field: keyof Span['usage'], place: Place): Place {
  let most = -1;
  for (const [at, { usage }] of spans.entries())
    if (usage[field] !== null && usage[field] > (spans[most]?.usage[field] ?? 0)) most = at;
  const span = spans[most];
  if (span === undefined) return place;
  return {
    path: `/spans/${most}/usage/${field}`,
    text: String(span.usage[field]),
    spanId: span.id,
  };
}

function finishPlace(trace: Trace, at: number, place: Place): Place | null {
  const span = trace.spans[at];
  if (span === undefined) return null;
  for (const [key, value] of Object.entries(span.attributes)) {
    if (!FINISH.test(key) || value === undefined) continue;
    const leaf = leavesOf(value).find(
      (each) => typeof each.value === 'string' && each.value !== '',
    );
    if (leaf === undefined) continue;
    const path = `/spans/${at}/attributes${token(key)}${leaf.path.map(token).join('')}`;
    return { path, text: String(leaf.value), spanId: span.id };
  }
  return nameOf(trace, span.id) ?? place;
}

const FINISH = /(?:finish|stop)_?reason/i;

function messagePlace({ messages }: Trace, place: Place): Place {
  if (place.text.trim() === '') return place;
  const at = messages.findLastIndex(({ content }) => content.includes(place.text));
  return at < 0 ? place : { ...place, path: `/messages/${at}/content` };
}
