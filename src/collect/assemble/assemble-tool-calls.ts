import type { Message, ToolCall } from '../../contract/trace.ts';
import type { SpanReading } from '../dialect/read-span.ts';
import { textMessage } from '../message/text-message.ts';
import type { SpanTree } from './span-tree.ts';

/** A message with its place in time. */
export interface Entry {
  readonly message: Message;
  /** Time of the message from its span, else of the message before it; −∞ when neither is known. */
  readonly time: number;
}

/**
 * The conversation with what only tool spans recorded: results follow the calls they answer, and calls that are in no
 * message precede the first later assistant message.
 */
export function withToolSpans(entries: readonly Entry[], tree: SpanTree): readonly Entry[] {
  const spans = tree.spans.filter(
    ({ span }, index) => span.toolCall !== null && tree.sides[index] !== 1,
  );
  if (spans.length === 0) return entries;
  const { matched, unmatched } = matchCalls(entries, spans);
  return insertCalls(insertResults(entries, matched), unmatched);
}

interface Matches {
  readonly matched: ReadonlyMap<ToolCall, SpanReading>;
  readonly unmatched: readonly SpanReading[];
}

/** Matches calls to tool spans by id, else by name in order. */
function matchCalls(entries: readonly Entry[], spans: readonly SpanReading[]): Matches {
  const byId = new Map<string, SpanReading>();
  const byName = new Map<string, SpanReading[]>();
  for (const reading of spans) {
    const call = reading.span.toolCall as ToolCall;
    if (call.id !== null) byId.set(call.id, reading);
    const same = byName.get(call.name);
    if (same === undefined) byName.set(call.name, [reading]);
    else same.push(reading);
  }
  const calls = entries.flatMap(({ message }) => message.toolCalls);
  const matched = new Map<ToolCall, SpanReading>();
  const used = new Set<SpanReading>();
  const take = (call: ToolCall, reading: SpanReading | undefined): void => {
    if (reading === undefined || used.has(reading)) return;
    matched.set(call, reading);
    used.add(reading);
  };
  for (const call of calls) if (call.id !== null) take(call, byId.get(call.id));
  for (const [name, same] of byName) {
    const free = same.filter((reading) => !used.has(reading));
    const waiting = calls.filter((call) => call.name === name && !matched.has(call));
    waiting.forEach((call, at) => {
      take(call, free[at]);
    });
  }
  return { matched, unmatched: spans.filter((reading) => !used.has(reading)) };
}

function insertResults(
  entries: readonly Entry[],
  matched: ReadonlyMap<ToolCall, SpanReading>,
): readonly Entry[] {
  const answered = new Set(entries.map(({ message }) => message.toolCallId));
  const out: Entry[] = [];
  entries.forEach((entry, at) => {
    out.push(entry);
    const isFollowed = entries[at + 1]?.message.role === 'tool';
    for (const call of entry.message.toolCalls) {
      const reading = matched.get(call);
      if (reading === undefined || !hasOutcome(reading)) continue;
      if (call.id === null ? isFollowed : answered.has(call.id)) continue;
      const time = Math.max(entry.time, reading.span.endTime ?? entry.time);
      out.push({ message: resultMessage(reading, call.id), time });
    }
  });
  return out;
}

function insertCalls(entries: readonly Entry[], missing: readonly SpanReading[]): readonly Entry[] {
  if (missing.length === 0) return entries;
  const lastReply = entries.findLastIndex(({ message }) => message.role === 'assistant');
  const out: Entry[] = [];
  let next = 0;
  const flush = (before: number): void => {
    for (; next < missing.length; next++) {
      const reading = missing[next] as SpanReading;
      const start = reading.span.startTime ?? Number.NEGATIVE_INFINITY;
      if (start >= before) return;
      for (const message of callMessages(reading)) out.push({ message, time: start });
    }
  };
  entries.forEach((entry, at) => {
    if (entry.message.role === 'assistant') {
      const isUndated = entry.time === Number.NEGATIVE_INFINITY && at === lastReply;
      flush(isUndated ? Number.POSITIVE_INFINITY : entry.time);
    }
    out.push(entry);
  });
  flush(Number.POSITIVE_INFINITY);
  return out;
}

const hasOutcome = ({ span }: SpanReading): boolean =>
  span.toolResult !== null || span.error !== null;

function callMessages(reading: SpanReading): Message[] {
  const call = reading.span.toolCall as ToolCall;
  const made = { ...textMessage('assistant', '', reading.span.id), toolCalls: [call] };
  return hasOutcome(reading) ? [made, resultMessage(reading, call.id)] : [made];
}

function resultMessage({ span }: SpanReading, toolCallId: string | null): Message {
  return {
    ...textMessage('tool', span.toolResult ?? span.error?.message ?? '', span.id),
    toolCallId,
    name: span.toolCall?.name ?? null,
  };
}
