import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { pick, recordOf, stringOf } from '../json/json-value.ts';
import { isRequestBody, isResponseBody } from '../message/body.ts';
import type { RawRecord } from '../record.ts';
import { exchangeConversation, exchangeIn } from './exchange.ts';
import type { Shape } from './shape.ts';

/**
 * A line of a request or result file of a batch API (OpenAI, Anthropic, Mistral, Vertex); the two are put together by
 * `custom_id`.
 */
const batch: Shape = {
  format: 'model-batch',
  clues: ['custom_id'],
  matches: (value) => 'custom_id' in value && BATCH_KEYS.some((key) => key in value),
  read: (value, { hold }) => {
    const id = stringOf(value['custom_id']);
    hold(`batch:${id}`, value, (whole) => {
      const exchange = exchangeIn(whole);
      const error = whole['error'] ?? unfinished(whole);
      return [
        conversation(exchange?.request ?? null, exchange?.response ?? null, {
          id,
          error: error ?? null,
        }),
      ];
    });
    return [];
  },
};

const BATCH_KEYS = ['body', 'response', 'error', 'params', 'result'];

/** A canceled or expired request of an Anthropic batch has neither answer nor error. */
function unfinished(whole: JsonObject): Json | undefined {
  const type = stringOf(recordOf(whole['result'])['type']);
  return type === 'canceled' || type === 'expired'
    ? { type, message: `the request was ${type}` }
    : undefined;
}

/** A stored chat completion, text completion or response. */
const stored: Shape = {
  format: 'openai-response',
  clues: ['object'],
  matches: (value) =>
    value['object'] === 'chat.completion' ||
    value['object'] === 'text_completion' ||
    value['object'] === 'response',
  read: (value) => {
    const request = isRecord(value['request']) ? value['request'] : storedRequest(value);
    return [conversation(request, withoutInput(value), {})];
  },
};

/** A request and its response as proxies log them. */
const logged: Shape = {
  format: 'openai-log',
  clues: ['request'],
  matches: (value) =>
    isRequestBody(value['request']) &&
    isResponseBody(value['response']) &&
    !('contents' in (value['request'] as JsonObject)),
  read: (value) => {
    const { request, response, ...rest } = value;
    return [
      conversation(recordOf(request), response ?? null, {
        ...rest,
        id: pick(rest, 'id', 'request_id'),
      }),
    ];
  },
};

const preference: Shape = {
  format: 'openai-preference',
  clues: ['preferred_output'],
  matches: (value) => isList(value['preferred_output']) && isRecord(value['input']),
  read: (value) => [
    conversation(recordOf(value['input']), { output: value['preferred_output'] }, {}),
  ],
};

export const openaiShapes: readonly Shape[] = [batch, stored, logged, preference];

function conversation(request: JsonObject | null, response: Json, fields: JsonObject): RawRecord {
  return { kind: 'conversation', conversation: exchangeConversation(request, response, fields) };
}

/** A stored response repeats its instructions, tools and often its input. */
function storedRequest(value: JsonObject): JsonObject {
  const { instructions, input, messages, tools, user, metadata } = value;
  return { instructions, input, messages, tools, user, metadata };
}

function withoutInput(value: JsonObject): JsonObject {
  const { input: _, instructions: __, messages: ___, ...rest } = value;
  return rest;
}
