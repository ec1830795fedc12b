import type { Json, JsonObject } from '../../contract/json.ts';
import type { ToolCall } from '../../contract/trace.ts';
import { isList, isRecord, parseJson } from '../../text/json.ts';
import { pick, stringOf, structured, textOf } from '../json/json-value.ts';

/**
 * A tool call in any recorder's spelling: OpenAI (nested, flat, responses), Anthropic `tool_use`, Gemini
 * `functionCall`, Bedrock `toolUse`, LangChain, AI SDK, OTel `tool_call`, OpenInference. Null without a name.
 */
export function toolCallOf(value: Json | undefined): ToolCall | null {
  if (!isRecord(value)) return null;
  const inner = pick(value, 'tool_call', 'functionCall', 'function_call', 'toolUse', 'toolCall');
  if (isRecord(inner)) return toolCallOf(inner);
  const called = isRecord(value['function']) ? value['function'] : value;
  const name = stringOf(pick(called, ...NAME_KEYS));
  if (name === null) return null;
  return { id: callIdOf(value), name, arguments: argumentsOf(called) };
}

/** Inspect writes the name as `function`, ATIF as `function_name`. */
const NAME_KEYS = ['name', 'toolName', 'tool_name', 'function_name', 'function'] as const;

/** Calls in a list or its JSON text; values that are not calls are skipped. */
export function toolCallsOf(value: Json | undefined): ToolCall[] {
  if (value === undefined || value === null) return [];
  const parsed = structured(value);
  const list = isList(parsed) ? parsed : [parsed];
  const calls: ToolCall[] = [];
  for (const item of list) {
    const call = toolCallOf(item);
    if (call !== null) calls.push(call);
  }
  return calls;
}

/** Calls beside a message's content, in any recorder's spelling. */
export function messageCalls(message: JsonObject): readonly ToolCall[] {
  const calls = message['tool_calls'] ?? message['toolCalls'] ?? message['toolInvocations'];
  if (calls !== undefined && calls !== null && (!isList(calls) || calls.length > 0)) {
    return toolCallsOf(calls);
  }
  const single = message['function_call'] ?? message['tool_call'] ?? message['toolCall'];
  if (isRecord(single)) return toolCallsOf(single);
  const extra = message['additional_kwargs'];
  if (isRecord(extra)) return toolCallsOf(extra['tool_calls'] ?? extra['function_call']);
  return openInferenceCall(message);
}

/** Arguments parsed from once or twice encoded JSON; the raw text when it is not JSON, {} when empty. */
export function parsedArguments(value: Json | undefined): Json {
  if (value === undefined || value === null || value === '') return {};
  if (typeof value !== 'string') return value;
  const parsed = structured(value);
  if (parsed !== value) return parsed;
  const scalar = parseJson(value);
  return typeof scalar === 'number' || typeof scalar === 'boolean' ? scalar : value;
}

/** Text of a tool's result, without the wrappers of AI SDK, Anthropic, MCP and Bedrock. */
export function toolResultText(value: Json | undefined): string {
  if (isRecord(value)) {
    const kind = value['type'];
    if (typeof kind === 'string' && RESULT_WRAPPERS.has(kind) && value['value'] !== undefined) {
      return textOf(value['value']);
    }
    return textOf(value);
  }
  if (isList(value) && value.length > 0) {
    const texts = value.map(plainText);
    if (texts.every((text) => text !== null)) return texts.join('\n');
  }
  return textOf(value);
}

const NO_CALLS: readonly ToolCall[] = [];
const RESULT_WRAPPERS = new Set(['text', 'json', 'error-text', 'error-json', 'content']);

function callIdOf(value: JsonObject): string | null {
  const id = pick(value, 'call_id', 'tool_call_id', 'toolCallId', 'toolUseId', 'id');
  return isList(id) ? id.map(textOf).join(' ') : stringOf(id);
}

function argumentsOf(call: JsonObject): Json {
  const value =
    call['arguments'] ??
    call['args'] ??
    call['input'] ??
    call['parameters'] ??
    call['inputParameters'];
  return parsedArguments(value);
}

function plainText(value: Json): string | null {
  if (typeof value === 'string') return value;
  if (!isRecord(value)) return null;
  const type = value['type'];
  if (type !== undefined && type !== 'text' && type !== 'output_text') return null;
  const text = value['text'];
  if (typeof text === 'string') return text;
  // Converse wraps structured results: `[{json: …}]`.
  const { json } = value;
  return json === undefined || Object.keys(value).length > 1 ? null : textOf(json);
}

/** OpenInference before it recorded calls as a list. */
function openInferenceCall(message: JsonObject): readonly ToolCall[] {
  const name = message['function_call_name'];
  if (typeof name !== 'string') return NO_CALLS;
  return toolCallsOf({ name, arguments: message['function_call_arguments_json'] ?? null });
}
