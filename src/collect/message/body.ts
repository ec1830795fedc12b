import type { Json, JsonObject } from '../../contract/json.ts';
import type { Message, ToolDefinition } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { pick, recordOf, stringOf, structured } from '../json/json-value.ts';
import { streamedBody } from './body-stream.ts';
import { readMessages } from './message.ts';
import { textMessage } from './text-message.ts';
import { toolDefinitionsIn, toolDefinitionsOf } from './tool-definition.ts';

/** What a request or response body of a model API holds, whichever API it is. */
export interface Body {
  readonly messages: readonly Message[];
  readonly tools: readonly ToolDefinition[];
  readonly id: string | null;
  readonly model: string | null;
  /** The provider's usage object. */
  readonly usage: Json;
  /** Why the call stopped, as received. */
  readonly finishReason: Json;
  readonly error: Json;
  readonly time: Json;
  /** Paths of parts that were not understood. */
  readonly unknown: readonly string[];
}

/** A request of Chat Completions, Responses, Anthropic Messages, Gemini, Converse or a text completion API. */
export function isRequestBody(value: Json | undefined): value is JsonObject {
  if (!isRecord(value)) return false;
  if (isMessageList(value['messages']) || isList(value['contents'])) return true;
  const isAsking =
    'model' in value || 'instructions' in value || PARAMETERS.some((key) => key in value);
  if (isAsking && (typeof value['input'] === 'string' || isMessageList(value['input'])))
    return true;
  if (typeof value['inputText'] === 'string') return true;
  return isAsking && typeof value['prompt'] === 'string';
}

/** A response of those APIs, or the body of an error. */
export function isResponseBody(value: Json | undefined): boolean {
  if (isList(value)) return streamedBody(value) !== null;
  if (!isRecord(value)) return false;
  if (isList(value['choices']) || isList(value['candidates'])) return true;
  if ('promptFeedback' in value || isErrorBody(value)) return true;
  const { content, output, message, type } = value;
  const isStopped = STOPS.some((key) => key in value);
  if ((isList(content) || typeof content === 'string') && (isStopped || type === 'message'))
    return true;
  if (isRecord(output) && isRecord(output['message'])) return true;
  if (isList(output) && (value['object'] === 'response' || 'incomplete_details' in value))
    return true;
  if (isRecord(message) && 'role' in message && isStopped) return true;
  if (isStopped && TEXTS.some((key) => typeof value[key] === 'string')) return true;
  const first = isList(value['results']) ? value['results'][0] : null;
  return isRecord(first) && 'outputText' in first;
}

/** The conversation a request asks to be continued, and the tools it offers. */
export function readRequest(value: JsonObject): Body {
  const read = readMessages(withSystem(value), 'user');
  const prompt = stringOf(value['inputText']);
  const messages =
    read.messages.length === 0 && prompt !== null ? [textMessage('user', prompt)] : read.messages;
  const config = recordOf(value['toolConfig'] ?? value['config']);
  const tools = toolDefinitionsIn(value);
  return {
    ...NOTHING,
    messages,
    tools: tools.length > 0 ? tools : toolDefinitionsOf(config['tools'] ?? null),
    model: stringOf(pick(value, 'model', 'modelId')),
    unknown: read.unknown,
  };
}

/** The reply of a model and how the call ended. */
export function readResponse(received: Json): Body {
  const body = isList(received) ? streamedBody(received) : received;
  if (!isRecord(body)) return NOTHING;
  const error = errorIn(body);
  const read = readMessages(body, 'assistant');
  const text = read.messages.length > 0 ? null : bareText(body);
  return {
    ...NOTHING,
    messages: text === null ? read.messages : [textMessage('assistant', text)],
    id: stringOf(pick(body, 'id', 'responseId')),
    model: stringOf(pick(body, 'model', 'modelVersion')),
    usage: body['usage'] ?? body['usageMetadata'] ?? body['usage_metadata'] ?? counted(body),
    finishReason: stopReason(body) ?? null,
    error,
    time: body['created'] ?? body['created_at'] ?? null,
    unknown: read.unknown,
  };
}

/** The value a body is, or encodes as JSON text. */
export function bodyOf(value: Json | undefined): Json {
  return value === undefined ? null : structured(value);
}

const NOTHING: Body = {
  messages: [],
  tools: [],
  id: null,
  model: null,
  usage: null,
  finishReason: null,
  error: null,
  time: null,
  unknown: [],
};

const PARAMETERS = ['max_tokens', 'max_output_tokens', 'temperature', 'max_tokens_to_sample'];
const STOPS = [
  'stop_reason',
  'stopReason',
  'finish_reason',
  'finishReason',
  'done_reason',
] as const;
/** Where text completion APIs put the text: Llama, older Claude, Cohere. */
const TEXTS = ['generation', 'completion', 'text'] as const;

function isMessageList(value: Json | undefined): value is readonly Json[] {
  if (!isList(value)) return false;
  const first = value[0];
  return isRecord(first) && ('role' in first || 'type' in first || 'lc' in first);
}

/** `{error: …}` and nothing that answers, or Anthropic's `{type: 'error', error}`. */
function isErrorBody(value: JsonObject): boolean {
  if (value['type'] === 'error') return true;
  const { error } = value;
  const isError = isRecord(error) && ('message' in error || 'code' in error);
  return isError && Object.keys(value).every((key) => ERROR_KEYS.has(key));
}

const ERROR_KEYS: ReadonlySet<string> = new Set([
  'error',
  'type',
  'status',
  'code',
  'request_id',
  'id',
]);

function errorIn(body: JsonObject): Json {
  const { error } = body;
  if (isRecord(error) && isRecord(error['error'])) return error['error'];
  if (error !== undefined && error !== null && error !== '') return error;
  if (body['status'] === 'failed') return { message: 'the response failed' };
  return body['type'] === 'error' ? { message: stringOf(body['message']) ?? 'error' } : null;
}

/** Chat Completions, Gemini, Anthropic, Converse, Responses, Ollama, Titan. */
function stopReason(body: JsonObject): Json | undefined {
  for (const key of ['choices', 'candidates', 'results'] as const) {
    const first = isList(body[key]) ? body[key][0] : null;
    if (isRecord(first)) {
      return (
        first['finish_reason'] ??
        first['finishReason'] ??
        first['stop_reason'] ??
        first['completionReason']
      );
    }
  }
  if (body['status'] === 'incomplete') {
    return recordOf(body['incomplete_details'])['reason'] ?? 'max_output_tokens';
  }
  const blocked = recordOf(body['promptFeedback'])['blockReason'];
  return pick(body, ...STOPS) ?? (blocked === undefined ? undefined : 'content_filter');
}

function bareText(body: JsonObject): string | null {
  const first = isList(body['results']) ? body['results'][0] : null;
  const held = isRecord(first) ? first['outputText'] : pick(body, ...TEXTS);
  return typeof held === 'string' ? held : null;
}

/** Llama and Titan on Bedrock count beside the text. */
function counted(body: JsonObject): Json {
  return 'generation_token_count' in body
    ? {
        input_tokens: body['prompt_token_count'] ?? null,
        output_tokens: body['generation_token_count'] ?? null,
      }
    : null;
}

/** An empty list of system parts says nothing. */
function withSystem(value: JsonObject): JsonObject {
  const { system } = value;
  return isList(system) && system.length === 0 ? { ...value, system: null } : value;
}
