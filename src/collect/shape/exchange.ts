import type { Json, JsonObject } from '../../contract/json.ts';
import type { Message } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import {
  type Body,
  bodyOf,
  isRequestBody,
  isResponseBody,
  readRequest,
  readResponse,
} from '../message/body.ts';
import type { RawConversation } from '../record.ts';
import { filled } from './span.ts';

/** The request and the response in a row, and the keys that hold them. */
export interface Exchange {
  readonly request: JsonObject | null;
  readonly response: Json;
  readonly keys: readonly string[];
}

/**
 * Finds the bodies of a model call in a row, under any pair of names and up to two levels deep (`request_body`,
 * `input.inputBodyJson`, `response.body`, `result.message`). A row with `messages` or `choices` is itself a body.
 * Null when no value is a response body and at most the row itself is a request.
 */
export function exchangeIn(row: JsonObject): Exchange | null {
  let request: JsonObject | null = null;
  let response: Json = null;
  const keys: string[] = [];
  for (const key in row) {
    const held = row[key];
    if (!mayHoldBody(key, held)) continue;
    const found = bodiesIn(bodyOf(held), 0);
    if (found.request !== null && request === null) request = found.request;
    else if (found.response === null || response !== null) continue;
    response ??= found.response;
    keys.push(key);
  }
  const isWhole = isList(row['choices']) || isList(row['candidates']);
  const self = isWhole && response === null ? without(row, REQUEST_KEYS) : null;
  response ??= self;
  if (request === null && (isList(row['messages']) || isList(row['contents']))) {
    if (response === null && !isList(row['contents'])) return null;
    request = row;
    keys.push(...REQUEST_KEYS);
  }
  if (self !== null) keys.push(...RESPONSE_KEYS);
  return request === null && response === null ? null : { request, response, keys };
}

/** A conversation of one model call. `fields` are the other columns of its row and take precedence. */
export function exchangeConversation(
  request: JsonObject | null,
  response: Json,
  fields: JsonObject,
): RawConversation {
  const asked = request === null ? NO_BODY : readRequest(request);
  const answered = response === null ? NO_BODY : readResponse(response);
  const messages: Message[] = [...(asked.messages ?? []), ...(answered.messages ?? [])];
  const { id, ...rest } = fields;
  return {
    id: typeof id === 'string' ? id : (answered.id ?? null),
    messages,
    input: null,
    output: null,
    tools: asked.tools ?? [],
    scores: [],
    unknown: [...(asked.unknown ?? []), ...(answered.unknown ?? [])],
    fields: {
      ...filled({
        model: answered.model ?? asked.model,
        usage: answered.usage,
        timestamp: answered.time,
        finish_reason: answered.finishReason,
        error: answered.error,
        response_id: answered.id,
        metadata: request?.['metadata'] ?? (isRecord(response) ? response['metadata'] : null),
        user: request?.['user'],
      }),
      ...filled(rest),
      // The model that answered is surer than the one that was asked for.
      ...filled({ model: answered.model ?? asked.model ?? rest['model'] }),
    },
  };
}

const NO_BODY: Partial<Body> = {};
const REQUEST_KEYS = [
  'messages',
  'contents',
  'system',
  'system_instruction',
  'tools',
  'instructions',
];
const RESPONSE_KEYS = ['choices', 'candidates', 'usage', 'object', 'stop_reason', 'content'];

function without(row: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key)));
}

/** Text is parsed only under names that promise a body. */
function mayHoldBody(key: string, held: Json | undefined): boolean {
  if (typeof held === 'object') return held !== null && !NEVER.has(key);
  if (typeof held !== 'string') return false;
  const first = held.charCodeAt(0);
  if (first !== 0x7b && first !== 0x5b) return false;
  return NAMES.test(key) && BODY_KEYS.test(held);
}

const BODY_KEYS =
  /"(?:messages|contents|choices|candidates|stop_reason|stopReason|finish_reason|inputText|outputText|incomplete_details|promptFeedback|error|input|prompt)"\s?:/;

/** Columns that are common in rows and hold no body. */
const NEVER: ReadonlySet<string> = new Set(['usage', 'scores', 'tags', 'tools', 'retrieved']);

const NAMES =
  /request|response|body|input|output|payload|params|result|completion|prompt|answer|reply/i;

function bodiesIn(
  value: Json,
  depth: number,
): { readonly request: JsonObject | null; readonly response: Json } {
  if (isResponseBody(value)) return { request: null, response: value };
  if (isRequestBody(value)) return { request: value, response: null };
  if (depth >= MAX_DEPTH || !isRecord(value)) return { request: null, response: null };
  let request: JsonObject | null = null;
  let response: Json = null;
  for (const key of HOLDERS) {
    const held = value[key];
    if (held === undefined || held === null) continue;
    const found = bodiesIn(bodyOf(held), depth + 1);
    request ??= found.request;
    response ??= found.response;
  }
  return { request, response };
}

const MAX_DEPTH = 2;
const HOLDERS = [
  'body',
  'inputBodyJson',
  'outputBodyJson',
  'message',
  'error',
  'params',
  'request',
  'response',
  'json',
  'data',
  'payload',
  'kwargs',
];
