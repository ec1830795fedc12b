import type { CheckUse } from '../../contract/check-use.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import type { Message, ToolCall } from '../../contract/trace.ts';
import { isList, isRecord, parseJson } from '../../text/json.ts';
import type { Loss } from './exported.ts';

/** A case as another program wrote it. */
export interface IncomingCase {
  /** Name in the file, or its place, for messages. */
  readonly name: string;
  readonly messages: readonly Message[];
  /** What was answered when it ran; null where it did not. */
  readonly answer: string | null;
  /** Whether that answer was good; null where nothing says so. */
  readonly passed: boolean | null;
  /** The answer to compare with. */
  readonly reference: string | null;
  readonly checks: readonly CheckUse[];
}

export interface Incoming {
  readonly format: string;
  readonly cases: readonly IncomingCase[];
  readonly losses: readonly Loss[];
}

/** Fields of a request that is an object, in the order tried. */
const REQUEST_FIELDS = ['question', 'input', 'query', 'prompt', 'text', 'request', 'user_input'];
const ANSWER_FIELDS = ['answer', 'output', 'content', 'response', 'text', 'expected'];

/**
 * The conversation that a value holds: messages, an object with messages, the text of one request; else the value as
 * JSON. `unread` names fields that it does not take.
 */
export function conversationOf(value: Json | undefined): {
  readonly messages: readonly Message[];
  readonly unread: readonly string[];
} {
  const given = typeof value === 'string' && /^\s*[[{]/.test(value) ? parseJson(value) : value;
  if (isList(given) && given.length > 0 && given.every(isMessage))
    return { messages: given.map(messageOf), unread: [] };
  if (isRecord(given)) {
    const names = Object.keys(given);
    if ('messages' in given && isList(given['messages'])) {
      const { messages } = conversationOf(given['messages']);
      return { messages, unread: names.filter((name) => name !== 'messages') };
    }
    const field = REQUEST_FIELDS.find((name) => typeof given[name] === 'string');
    if (field !== undefined)
      return {
        messages: [userMessage(textOf(given[field]))],
        unread: names.filter((name) => name !== field),
      };
  }
  return { messages: [userMessage(textOf(value))], unread: [] };
}

/** The text of an answer: a text, a message, an object with one; else the value as JSON. Null for none. */
export function answerOf(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (!isRecord(value)) return textOf(value);
  const field = ANSWER_FIELDS.find((name) => typeof value[name] === 'string');
  if (field !== undefined) return textOf(value[field]);
  return Object.keys(value).length === 0 ? null : textOf(value);
}

export const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);

export const userMessage = (content: string): Message => plainMessage('user', content);

export const plainMessage = (role: Message['role'], content: string): Message => ({
  ...{ role, content, toolCalls: [], toolCallId: null, name: null, spanId: null },
});

const ROLES: ReadonlyMap<string, Message['role']> = new Map([
  ...(['system', 'user', 'assistant', 'tool'] as const).map((role) => [role, role] as const),
  ['developer', 'system'],
  ['human', 'user'],
  ['ai', 'assistant'],
  ['function', 'tool'],
]);

const roleOf = (message: JsonObject): Message['role'] | undefined =>
  ROLES.get(textOf(message['role'] ?? message['type']));

const isMessage = (value: Json): value is JsonObject =>
  isRecord(value) && roleOf(value) !== undefined && ('content' in value || 'tool_calls' in value);

function messageOf(message: Json): Message {
  const given = message as JsonObject;
  const calls = given['tool_calls'];
  const content = given['content'];
  return {
    role: roleOf(given)!,
    content: isList(content)
      ? content.map((part) => textOf(isRecord(part) ? (part['text'] ?? part) : part)).join('\n')
      : content === null
        ? ''
        : textOf(content),
    toolCalls: isList(calls) ? calls.filter(isRecord).map(callOf) : [],
    toolCallId: nameOf(given['tool_call_id']),
    name: nameOf(given['name']),
    spanId: null,
  };
}

const nameOf = (value: Json | undefined): string | null =>
  typeof value === 'string' ? value : null;

function callOf(call: JsonObject): ToolCall {
  const made = isRecord(call['function']) ? call['function'] : call;
  const given = made['arguments'] ?? made['args'] ?? {};
  return {
    id: nameOf(call['id']),
    name: textOf(made['name']),
    arguments: typeof given === 'string' ? (parseJson(given) ?? given) : given,
  };
}
