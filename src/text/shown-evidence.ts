import type { Json, JsonObject } from '../contract/json.ts';
import type { Evidence } from '../contract/signal.ts';
import type { ToolCall, Trace } from '../contract/trace.ts';
import { duration } from './format.ts';
import { isRecord, parseJson } from './json.ts';
import { shownQuote } from './shown-quote.ts';

/**
 * A quote as evidence that speaks for itself: an argument within its call, `refund_order(order_id: 30657997)`; a
 * result with its tool, `find_order → None`; a score with its name and what was said about it; a text without the JSON
 * around it. `others`: the other quotes of the signal; one of them may say where the value of an argument is from.
 */
export function shownEvidence(
  trace: Trace,
  evidence: Evidence,
  others: readonly Evidence[] = [],
): string {
  const shown = inPlace(trace, evidence);
  if (!isBare(shown)) return `${shown}${originOf(evidence, others)}`;
  const place = BARE_PLACES[evidence.path.split('/')[1] ?? ''];
  return place === undefined ? shown : `${place}: ${shown}`;
}

/** A word, a number, brackets: nothing that says where it stands. */
export const isBare = (shown: string): boolean =>
  !/[:→(]|\S\s+\S+\s+\S/.test(shown) || /^[[\](){}:\s]*$/.test(shown);

const BARE_PLACES: Readonly<Record<string, string>> = {
  output: 'the answer',
  input: 'the request',
  messages: 'a message',
  documents: 'a passage',
  error: 'the error',
};

function inPlace(trace: Trace, evidence: Evidence): string {
  const [head = '', ...rest] = keysOf(evidence.path);
  const { quote } = evidence;
  switch (head) {
    case 'messages':
      return inMessage(trace, rest, evidence);
    case 'spans':
      return inSpan(trace, rest, evidence);
    case 'scores':
      return ofScore(trace, Number(rest[0]), quote);
    case 'tools':
      return inTool(trace, rest, quote);
    case 'metadata':
      return ofColumn(trace, rest.join('.'), quote);
    case 'status':
      return statusOf(trace, quote);
    case 'endTime':
      return `took ${duration((trace.endTime ?? 0) - (trace.startTime ?? 0))}`;
    case 'output':
      return unwrapped(quote, trace.output);
    default:
      return shownQuote(evidence);
  }
}

/** `ended with status error: Timed out`, or what was answered all the same. */
function statusOf({ error, output }: Trace, quote: string): string {
  const said = sentenceOf(error?.message || unwrapped(output, output));
  return `ended with status ${quote}${said === '' ? '' : `: ${said}`}`;
}

function inMessage(
  trace: Trace,
  [index, part, position, ...inside]: Keys,
  evidence: Evidence,
): string {
  const message = trace.messages[Number(index)];
  if (message === undefined) return shownQuote(evidence);
  const { quote } = evidence;
  if (part === 'toolCalls') {
    const call = message.toolCalls[Number(position)];
    return call === undefined ? shownQuote(evidence) : inCall(call, inside, quote);
  }
  const text = unwrapped(quote, message.content);
  return message.role === 'tool' && message.name !== null ? `${message.name} → ${text}` : text;
}

function inSpan(trace: Trace, [index, part, ...inside]: Keys, evidence: Evidence): string {
  const span = trace.spans[Number(index)];
  if (span === undefined) return shownQuote(evidence);
  const { quote } = evidence;
  switch (part) {
    case 'toolCall':
      return span.toolCall === null ? shownQuote(evidence) : inCall(span.toolCall, inside, quote);
    case 'toolResult':
      return `${span.toolCall?.name ?? span.name} → ${unwrapped(quote, span.toolResult ?? '')}`;
    case 'output':
      return span.kind === 'tool'
        ? `${span.toolCall?.name ?? span.name} → ${unwrapped(quote, span.output)}`
        : unwrapped(quote, span.output);
    case 'error':
      return span.kind === 'tool' ? `${span.name} failed: ${quote}` : quote;
    case 'finishReason':
      return cutShort(quote, span.output);
    case 'usage':
      return `${span.name}: ${shownQuote(evidence)}`;
    default:
      return shownQuote(evidence);
  }
}

const TAIL = 80;

/** The last words of an answer that the model did not end itself. */
function cutShort(reason: string, output: string): string {
  const text = output.replace(/\s+/g, ' ').trim();
  if (text === '') return `the model stopped: ${reason}`;
  const tail = text.length <= TAIL ? text : `…${text.slice(text.indexOf(' ', text.length - TAIL))}`;
  return `the model stopped (${reason}) after: ${tail}`;
}

type Keys = readonly (string | undefined)[];

/** A call with the argument that is meant; with its first arguments where its name is meant. */
function inCall(call: ToolCall, [part, ...field]: Keys, quote: string): string {
  const given = call.arguments;
  if (part === 'arguments' && field.length > 0) {
    const isAll = isRecord(given) && Object.keys(given).length === 1;
    return `${call.name}(${field.join('.')}: ${quote}${isAll ? '' : ', …'})`;
  }
  return `${call.name}(${argumentsText(given)})`;
}

const MOST_ARGUMENTS = 3;
const LONGEST_ARGUMENT = 60;

function argumentsText(given: Json): string {
  if (!isRecord(given)) return typeof given === 'string' ? cut(given) : cut(JSON.stringify(given));
  const entries = Object.entries(given);
  const shown = entries
    .slice(0, MOST_ARGUMENTS)
    .map(
      ([key, value]) => `${key}: ${cut(typeof value === 'string' ? value : JSON.stringify(value))}`,
    );
  return [...shown, ...(entries.length > MOST_ARGUMENTS ? ['…'] : [])].join(', ');
}

const cut = (text: string): string =>
  text.length <= LONGEST_ARGUMENT ? text : `${text.slice(0, LONGEST_ARGUMENT)}…`;

/** `faithfulness 0.2: “it names a date that the context does not”`. */
function ofScore({ scores, output }: Trace, index: number, quote: string): string {
  const score = scores[index];
  if (score === undefined) return quote;
  const said = sentenceOf(score.explanation ?? '') || sentenceOf(unwrapped(output, output));
  if (said === sentenceOf(quote)) return `${score.name}: ${said}`;
  return said === '' ? `${score.name} ${quote}` : `${score.name} ${quote}: ${said}`;
}

/** `groundedness 0.3: “Our warranty lasts for five years.”`: a number or a word of a column, with what it judges. */
function ofColumn({ output }: Trace, name: string, quote: string): string {
  const said = isBare(quote) ? sentenceOf(unwrapped(output, output)) : '';
  return said === '' ? `${name}: ${quote}` : `${name} ${quote}: ${said}`;
}

const LONGEST_SENTENCE = 240;

/** The first sentence of a text. */
function sentenceOf(text: string): string {
  const line = text
    .trim()
    .replace(/\s+/g, ' ')
    .slice(0, 4 * LONGEST_SENTENCE);
  const end = /[.!?](?=\s|$)/.exec(line);
  const sentence = end === null ? line : line.slice(0, end.index + 1);
  return sentence.length <= LONGEST_SENTENCE ? sentence : `${sentence.slice(0, LONGEST_SENTENCE)}…`;
}

function inTool({ tools }: Trace, [index, part, ...inside]: Keys, quote: string): string {
  const name = tools[Number(index)]?.name;
  if (name === undefined) return quote;
  const field = part === 'parameters' ? inside.filter((key) => key !== 'properties').join('.') : '';
  return field === '' ? `${name}: ${quote}` : `${name}(${field}): ${quote}`;
}

const SHORT = 12;

/** The texts inside of quoted JSON; a value of one field with its field. */
function unwrapped(quote: string, whole: string): string {
  const text = quote.trim();
  const value = /^[{[]/.test(text) ? parseJson(text) : undefined;
  if (isRecord(value)) return textIn(value) ?? text;
  const opened = OPENED.exec(text);
  if (opened !== null && text === whole.trim().slice(0, text.length))
    return unescaped(STRING.exec(text.slice(opened[0].length))?.[0] ?? '');
  const field = FIELD.exec(text);
  if (field !== null) return `${field[1]}: ${unescaped(field[2]!)}`;
  return text;
}

/** JSON that is cut before its end, from its first field on. */
const OPENED = /^\{\s{0,8}"[\w .-]{1,60}"\s{0,3}:\s{0,3}"/;
/** What is left of a JSON string. */
const STRING = /^(?:[^"\\]|\\.){0,400}/s;
/** `"order_id": "A-17"`. */
const FIELD = /^"([\w .-]{1,60})"\s{0,3}:\s{0,3}"?([^"{}[\]]{1,200})"?$/;

const unescaped = (text: string): string =>
  text.replaceAll('\\n', ' ').replaceAll('\\"', '"').trim();

/** One field as `field: value`, or alone where it is a sentence; of several, the longest text. */
function textIn(value: JsonObject): string | null {
  const entries = Object.entries(value);
  const [first] = entries;
  if (first !== undefined && entries.length === 1 && typeof first[1] !== 'object') {
    const only = String(first[1]);
    return only.length > SHORT && only.includes(' ') ? only : `${first[0]}: ${only}`;
  }
  let longest = '';
  for (const [, held] of entries)
    if (typeof held === 'string' && held.length > longest.length) longest = held;
  return longest.length > SHORT ? longest : null;
}

/** `, the value of account_id`: another field that holds the value of an argument. */
function originOf({ path, quote }: Evidence, others: readonly Evidence[]): string {
  if (!ARGUMENT.test(path)) return '';
  for (const other of others) {
    const [, field, value] = FIELD.exec(other.quote.trim()) ?? [];
    if (value === quote && field !== keysOf(path).at(-1)) return `, the value of ${field}`;
  }
  return '';
}

const ARGUMENT = /\/arguments\//;

const keysOf = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
