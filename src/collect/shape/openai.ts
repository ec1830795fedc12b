import type { Json, JsonObject } from '../../contract/json.ts';
import type { Message } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { recordOf, stringOf } from '../json/json-value.ts';
import { messagesOf } from '../message/message.ts';
import { toolDefinitionsOf } from '../message/tool-definition.ts';
import type { RawRecord } from '../record.ts';
import type { Shape } from './shape.ts';
import { filled } from './span.ts';

/** A line of a Batch API input or output file; the two are put together by `custom_id`. */
const batch: Shape = {
  format: 'openai-batch',
  clues: ['custom_id'],
  matches: (value) =>
    'custom_id' in value && ('body' in value || 'response' in value || 'error' in value),
  read: (value, { hold }) => {
    hold(`openai-batch:${stringOf(value['custom_id'])}`, value, (whole) => {
      const response = recordOf(whole['response']);
      const error = recordOf(whole['error'])['message'] ?? recordOf(response['body'])['error'];
      return [
        exchange(recordOf(whole['body']), recordOf(response['body']), {
          id: stringOf(whole['custom_id']),
          error: error ?? null,
        }),
      ];
    });
    return [];
  },
};

/** A stored chat completion, text completion or response. */
const stored: Shape = {
  format: 'openai-response',
  clues: ['object'],
  matches: (value) =>
    value['object'] === 'chat.completion' ||
    value['object'] === 'text_completion' ||
    value['object'] === 'response',
  read: (value) => [exchange(recordOf(value['request'] ?? value), value, {})],
};

/** A request and its response as proxies log them. */
const logged: Shape = {
  format: 'openai-log',
  clues: ['request'],
  matches: (value) => isExchange(value['request'], value['response']),
  read: (value) => {
    const { request, response, ...rest } = value;
    return [exchange(recordOf(request), recordOf(response), rest)];
  },
};

const preference: Shape = {
  format: 'openai-preference',
  clues: ['preferred_output'],
  matches: (value) => isList(value['preferred_output']) && isRecord(value['input']),
  read: (value) => {
    const input = recordOf(value['input']);
    return [exchange(input, { messages: value['preferred_output'] }, {})];
  },
};

export const openaiShapes: readonly Shape[] = [batch, stored, logged, preference];

function isExchange(request: Json | undefined, response: Json | undefined): boolean {
  return (
    isRecord(request) &&
    isRecord(response) &&
    ('messages' in request || 'input' in request) &&
    ('choices' in response || 'output' in response)
  );
}

function exchange(request: JsonObject, response: JsonObject, fields: JsonObject): RawRecord {
  const isSame = request === response;
  const system = stringOf(request['instructions'] ?? response['instructions']);
  const input = isSame
    ? (request['messages'] ?? request['input'])
    : (request['messages'] ?? request['input'] ?? request['prompt']);
  const asked = [
    ...(system === null ? [] : messagesOf([{ role: 'system', content: system }])),
    ...(typeof input === 'string'
      ? messagesOf([{ role: 'user', content: input }])
      : messagesOf(input ?? null)),
  ];
  const answered = answerOf(response);
  const { id, ...rest } = fields;
  return {
    kind: 'conversation',
    conversation: {
      id: stringOf(id) ?? stringOf(response['id']),
      messages: [...asked, ...answered],
      input: null,
      output: null,
      tools: toolDefinitionsOf(request['tools'] ?? response['tools'] ?? null),
      scores: [],
      fields: filled({
        ...rest,
        model: response['model'] ?? request['model'],
        usage: response['usage'],
        timestamp: response['created'] ?? response['created_at'],
        metadata: response['metadata'] ?? request['metadata'],
        user: request['user'],
        response_id: response['id'],
        finish_reason: finishReason(response),
      }),
    },
  };
}

function answerOf(response: JsonObject): Message[] {
  if ('choices' in response) return messagesOf({ choices: firstChoice(response['choices']) });
  if ('output' in response) return messagesOf(response['output'] ?? null);
  return messagesOf(response['messages'] ?? null);
}

/** Other choices are alternative answers to the same question, not more of the conversation. */
function firstChoice(choices: Json | undefined): Json {
  return isList(choices) ? choices.slice(0, 1) : [];
}

function finishReason(response: JsonObject): Json | undefined {
  const first = isList(response['choices']) ? response['choices'][0] : null;
  return isRecord(first) ? first['finish_reason'] : undefined;
}
