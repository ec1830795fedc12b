import type { Json, JsonObject } from '../../contract/json.ts';
import type { Message, Role } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { structured } from '../json/json-value.ts';
import { isCallList } from './ai-sdk.ts';
import { readEnvelope } from './envelope.ts';
import { isEnvironmentReply } from './environment-reply.ts';
import { serializedObject } from './langchain.ts';
import { roleOf } from './message-role.ts';
import type { MessageForm, MessageSink, ReadMessages } from './message-sink.ts';
import { readResponseItem } from './openai-responses.ts';
import { readPartsMessage } from './parts-message.ts';
import { readPydanticTurn } from './pydantic-ai.ts';
import { recordedFinishReason } from './recorded-finish-reason.ts';
import { readMessage } from './role-message.ts';
import { readShareGptTurn } from './share-gpt.ts';
import { inferRole } from './smolagents.ts';
import { textMessage } from './text-message.ts';
import { toolCallsOf } from './tool-call.ts';

/**
 * Messages found in a value: one message, a list, a list of lists, or an object that holds them
 * (`messages`, `input`, `contents`, `choices`, `generations`, …), as JSON or as a JSON string.
 * Understands OpenAI (chat and responses), Anthropic, Gemini, LangChain, PydanticAI, OTel `parts` and AI SDK
 * messages. Empty when there are none. `spanId` is null on all.
 */
export function messagesOf(value: Json): Message[] {
  return readMessages(value, 'user').messages;
}

/** Like `messagesOf`, with the count of redacted contents; `fallback` is the role of text that has none. */
export function readMessages(value: Json, fallback: 'user' | 'assistant'): ReadMessages {
  const reader = messageReader();
  reader.read(value, fallback);
  return reader.found;
}

/** Reads messages of one conversation that come apart; `found` grows with each. */
export interface MessageReader {
  readonly found: ReadMessages;
  read(value: Json, fallback: 'user' | 'assistant'): void;
}

export function messageReader(): MessageReader {
  const into: MessageSink = {
    messages: [],
    redacted: 0,
    finishReason: null,
    unknown: [],
    readValue,
  };
  return {
    found: into,
    read: (value, fallback) => readValue(structured(value), fallback, into, 0),
  };
}

const MAX_DEPTH = 8;

function readValue(value: Json, fallback: Role, into: MessageSink, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (isList(value)) readList(value, fallback, into, depth);
  else if (isRecord(value)) {
    const role = roleOf(value);
    if (into.finishReason === null && role !== 'user')
      into.finishReason = recordedFinishReason(value);
    if (role !== null) readMessage(value, actualRole(value, role, into), into, depth);
    else readWithoutRole(value, fallback, into, depth);
  }
}

/** Some recorders and protocols write calls and results in the user role. */
function actualRole(value: JsonObject, role: Role, into: MessageSink): Role {
  const { content } = value;
  if (role !== 'user' || typeof content !== 'string') return role;
  const isReply = into.messages.at(-1)?.role === 'assistant' && isEnvironmentReply(content);
  return isReply ? 'tool' : inferRole(value, role);
}

function readList(list: readonly Json[], fallback: Role, into: MessageSink, depth: number): void {
  if (fallback === 'assistant' && isCallList(list)) {
    into.messages.push({ ...textMessage('assistant', ''), toolCalls: toolCallsOf(list) });
    return;
  }
  for (const item of list) {
    const parsed = typeof item === 'string' ? structured(item) : item;
    if (typeof parsed === 'object') readValue(parsed, fallback, into, depth + 1);
  }
}

/** In order: the first form that fits reads the object; what fits none is taken as a request or a response. */
const FORMS: readonly MessageForm[] = [
  readResponseItem,
  readPydanticTurn,
  readShareGptTurn,
  readPartsMessage,
];

function readWithoutRole(
  value: JsonObject,
  fallback: Role,
  into: MessageSink,
  depth: number,
): void {
  const serialized = serializedObject(value);
  if (serialized !== null) {
    const { kwargs, role } = serialized;
    if (role !== null) readMessage(kwargs, role, into, depth);
    else readWithoutRole(kwargs, fallback, into, depth + 1);
    return;
  }
  for (const read of FORMS) if (read(value, fallback, into, depth)) return;
  readEnvelope(value, into, depth);
}
