import type { Json, JsonObject } from '../../contract/json.ts';
import type { Message } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { pick, structured } from '../json/json-value.ts';
import { readMessages } from '../message/message.ts';
import { textMessage } from '../message/text-message.ts';
import { transcriptMessages } from '../message/transcript.ts';
import type { RawEvent } from '../record.ts';

/** Messages in the span or log events of older conventions, one event per message or per side. */
export interface EventMessages {
  readonly input: Message[];
  readonly output: Message[];
  finishReason: Json | null;
}

/** Null when no event carries a message. Bodies of log events count as attributes. */
export function eventMessages(events: readonly RawEvent[]): EventMessages | null {
  const out: EventMessages = { input: [], output: [], finishReason: null };
  for (const event of events) readEvent(event, out);
  return out.input.length === 0 && out.output.length === 0 ? null : out;
}

/** Log or span event with the attributes of the inference span itself. */
export const DETAILS_EVENT = 'gen_ai.client.inference.operation.details';

function readEvent(event: RawEvent, out: EventMessages): void {
  switch (event.name) {
    case 'gen_ai.system.message':
    case 'gen_ai.user.message':
    case 'gen_ai.assistant.message':
    case 'gen_ai.tool.message': {
      const role = event.name.slice('gen_ai.'.length, -'.message'.length);
      add(out.input, readMessages({ role, ...contentOf(event.attributes) }, 'user').messages);
      return;
    }
    case 'gen_ai.choice':
      out.finishReason ??= contentOf(event.attributes)['finish_reason'] ?? null;
      add(out.output, choiceMessages(contentOf(event.attributes)));
      return;
    case 'gen_ai.content.prompt':
      add(out.input, textMessages(event.attributes, 'gen_ai.prompt', 'user'));
      return;
    case 'gen_ai.content.completion':
      add(out.output, textMessages(event.attributes, 'gen_ai.completion', 'assistant'));
      return;
    default:
  }
}

function add(into: Message[], messages: readonly Message[]): void {
  for (const message of messages) into.push(message);
}

/** Azure SDKs write the whole payload as JSON in one attribute. */
function contentOf(attributes: JsonObject): JsonObject {
  const held = attributes['gen_ai.event.content'];
  const payload = held === undefined ? null : structured(held);
  if (!isRecord(payload)) return withCalls(attributes);
  return withCalls(payload);
}

function withCalls(payload: JsonObject): JsonObject {
  const calls = payload['tool_calls'];
  const id = payload['id'];
  const base = typeof calls === 'string' ? { ...payload, tool_calls: structured(calls) } : payload;
  return id === undefined ? base : { ...base, tool_call_id: id };
}

function choiceMessages(payload: JsonObject): Message[] {
  const held = pick(payload, 'message', 'gen_ai.completion') ?? payload;
  const message = structured(held);
  // Strands writes content blocks, and the results of the calls beside them.
  const results = payload['tool.result'];
  const after =
    results === undefined ? [] : readMessages({ role: 'user', content: results }, 'user').messages;
  if (isList(message)) {
    return [
      ...readMessages({ role: 'assistant', content: message }, 'assistant').messages,
      ...after,
    ];
  }
  if (typeof message === 'string') return [textMessage('assistant', message), ...after];
  if (!isRecord(message)) return [];
  const calls = message['tool_calls'] ?? payload['tool_calls'] ?? null;
  const whole: Json = { role: 'assistant', content: null, ...message, tool_calls: calls };
  return readMessages(whole, 'assistant').messages;
}

function textMessages(
  attributes: JsonObject,
  key: string,
  role: 'user' | 'assistant',
): readonly Message[] {
  const value = attributes[key] ?? attributes['gen_ai.event.content'];
  if (value === undefined || value === null || value === '') return [];
  const read = readMessages(value, role).messages;
  if (read.length > 0) return read;
  if (typeof value !== 'string') return [];
  const turns = transcriptMessages(value);
  return turns.length > 0 ? turns : [textMessage(role, value)];
}
