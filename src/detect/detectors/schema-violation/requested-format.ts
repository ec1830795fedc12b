import type { Json, JsonObject } from '../../../contract/json.ts';
import type { Message, Role, Trace } from '../../../contract/trace.ts';
import { isRecord, parseJson } from '../../../text/json.ts';
import { pointer } from '../../evidence.ts';

/** A request for an answer in JSON, with what is known of its shape. */
export interface RequestedJson {
  /** JSON Schema of the answer, null when none was recorded. */
  readonly schema: JsonObject | null;
  /** Keys of the object that the prompt shows as an example, null when it shows none. */
  readonly keys: readonly string[] | null;
  /** Pointer to where it was requested. */
  readonly path: string;
  readonly quote: string;
  readonly spanId: string | null;
}

/** The format requested of the answer: by the response format or output type of the model request, or by the prompt in words; null when none was. */
export function requestedJson(trace: Trace): RequestedJson | null {
  return byRequest(trace) ?? byPrompt(trace);
}

/** Attributes in which recorders keep the response format, or all parameters of a request. */
const FORMAT_KEYS = [
  'gen_ai.request.response_format',
  'gen_ai.openai.request.response_format',
  'gen_ai.output.schema',
  'llm.invocation_parameters',
  'gen_ai.request.structured_output_schema',
  'response_format',
] as const;

function byRequest(trace: Trace): RequestedJson | null {
  if (trace.spans.length === 0) return null;
  const at = trace.spans.findLastIndex((span) => span.kind === 'model');
  const span = trace.spans[at];
  if (span === undefined) return byOutputType(trace);
  for (const key of FORMAT_KEYS) {
    const value = span.attributes[key];
    if (value === undefined || value === null) continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (!text.includes('json') && !text.includes('schema') && !text.includes('properties'))
      continue;
    const schema = schemaIn(typeof value === 'string' ? parseJson(value) : value, 0);
    if (schema === null && !/json_object|json_schema/.test(text)) continue;
    const path = pointer('spans', at, 'attributes', key);
    return { schema, keys: null, path, quote: text, spanId: span.id };
  }
  return byOutputType(trace);
}

function byOutputType(trace: Trace): RequestedJson | null {
  const at = trace.spans.findLastIndex(
    (span) => span.attributes['gen_ai.output.type'] !== undefined,
  );
  const span = trace.spans[at];
  if (span?.attributes['gen_ai.output.type'] !== 'json') return null;
  const path = `/spans/${at}/attributes/gen_ai.output.type`;
  return byPrompt(trace) ?? { schema: null, keys: null, path, quote: 'json', spanId: span.id };
}

/** The JSON Schema inside a response format: itself, or under `schema` or `json_schema` a few levels down. */
function schemaIn(value: Json | undefined, depth: number): JsonObject | null {
  if (!isRecord(value) || depth > 4) return null;
  if (isRecord(value['properties'])) return value;
  for (const key of [
    'response_format',
    'json_schema',
    'schema',
    'format',
    'text',
    'responseSchema',
  ]) {
    const found = schemaIn(value[key], depth + 1);
    if (found !== null) return found;
  }
  return null;
}

const ASKS =
  /\b(?:respond|reply|answer|output(?!\s(?:of|from)\b|\s?:)|return|produce|write|give|format|provide|generate|emit)\b[^.\n]{0,80}?\b(?:(?:as|in|with|using|only|valid|a|pure|raw|strict|single)\s){1,3}JSON\b(?! ?(?:path|pointer|parser|library|lines))[^\n]{0,60}|\bJSON only\b[^\n]{0,60}|\bonly (?:valid )?JSON\b[^\n]{0,60}/i;
const LONGEST_PROMPT = 50_000;

/** The last system prompt, or the last user message, asks for JSON; earlier ones may be for other agents. */
function byPrompt(trace: Trace): RequestedJson | null {
  const { messages } = trace;
  return asksAt(messages, lastOf(messages, 'system')) ?? asksAt(messages, lastOf(messages, 'user'));
}

function lastOf(messages: readonly Message[], role: Role): number {
  let at = messages.length - 1;
  while (at >= 0 && messages[at]?.role !== role) at--;
  return at;
}

function asksAt(messages: readonly Message[], at: number): RequestedJson | null {
  const message = messages[at];
  if (message === undefined) return null;
  const text = message.content;
  if (text.length > LONGEST_PROMPT || !text.includes('JSON')) return null;
  const match = ASKS.exec(text);
  if (match === null || NEVER.test(text.slice(Math.max(0, match.index - 40), match.index))) {
    return null;
  }
  return {
    schema: null,
    keys: keysAfter(text, match.index),
    path: `/messages/${at}/content`,
    quote: match[0],
    spanId: message.spanId,
  };
}

const NEVER = /\b(?:don't|do not|never|not)\b[^.\n]{0,30}$/i;

/** Top-level keys of the first object shown after the demand. */
function keysAfter(text: string, from: number): readonly string[] | null {
  const open = text.indexOf('{', from);
  if (open === -1 || open - from > 400) return null;
  const keys: string[] = [];
  let depth = 0;
  for (let index = open; index < Math.min(text.length, open + 4_000); index++) {
    const character = text[index];
    if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      depth--;
      if (depth === 0) return keys.length > 0 ? keys : null;
    } else if (character === '"' && depth === 1) {
      const end = text.indexOf('"', index + 1);
      if (end === -1) return null;
      if (/^\s{0,5}:/.test(text.slice(end + 1, end + 8))) keys.push(text.slice(index + 1, end));
      index = end;
    }
  }
  return null;
}
