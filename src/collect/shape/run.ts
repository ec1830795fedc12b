import type { Json, JsonObject } from '../../contract/json.ts';
import type { Score } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { messageReader } from '../message/message.ts';
import type { RawCall, RawConversation, RawRecord } from '../record.ts';
import { filled } from './span.ts';

/** A message as recorded, with what is known of the model call that produced it. */
export interface Turn {
  readonly message: Json;
  readonly call?: RawCall;
}

/** A conversation from its turns, in order; `fields` are named as columns of a row are. */
export function runRecord(
  id: string | null,
  turns: readonly Turn[],
  fields: JsonObject,
  rest: Partial<RawConversation> = {},
): RawRecord {
  const calls = new Map<number, RawCall>();
  const reader = messageReader();
  const { messages, unknown } = reader.found;
  for (const { message, call } of turns) {
    const start = messages.length;
    reader.read(message, 'user');
    if (call === undefined) continue;
    const at = messages.slice(start).findIndex(({ role }) => role === 'assistant');
    if (at >= 0) calls.set(start + at, call);
  }
  const conversation: RawConversation = {
    id,
    messages,
    input: null,
    output: null,
    tools: [],
    scores: [],
    fields: filled(fields),
    calls,
    unknown,
    ...rest,
  };
  return { kind: 'conversation', conversation };
}

export const turnsOf = (messages: Json | undefined): Turn[] =>
  isList(messages) ? messages.map((message) => ({ message })) : [];

export const recordsIn = (value: Json | undefined): JsonObject[] =>
  isList(value) ? value.filter((item): item is JsonObject => isRecord(item)) : [];

/** A score without a span, judged by code unless said otherwise. */
export function judged(
  name: string,
  value: number | null,
  label: string | null,
  explanation: string | null,
  annotator: Score['annotator'] = 'unknown',
): Score {
  return { name, value, label, explanation, annotator, spanId: null };
}
