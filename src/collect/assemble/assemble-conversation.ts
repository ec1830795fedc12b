import type { Message } from '../../contract/trace.ts';
import type { SpanReading } from '../dialect/read-span.ts';
import { textMessage } from '../message/text-message.ts';
import { type Entry, withToolSpans } from './assemble-tool-calls.ts';
import type { SpanTree } from './span-tree.ts';

/**
 * The conversation of a trace: the most complete exchange that any one span recorded (among equals, a model
 * call, then the later one), with calls and results that only tool spans recorded inserted by
 * time. When no span recorded messages, it consists of `question` and `answer` (the trace's own input and output).
 */
export function traceConversation(tree: SpanTree, question: string, answer: string): Message[] {
  const chosen = mostComplete(tree);
  const entries = chosen === null ? [] : attributed(chosen, tree.spans);
  if (!entries.some(({ message }) => message.role === 'system'))
    entries.unshift(...systemAbove(chosen, tree));
  const root = tree.spans[0]?.span.id ?? null;
  if (question !== '' && !entries.some(({ message }) => message.role === 'user')) {
    const at = entries.findIndex(({ message }) => message.role !== 'system');
    const time = Number.NEGATIVE_INFINITY;
    const entry = { message: textMessage('user', question, root), time };
    entries.splice(at < 0 ? entries.length : at, 0, entry);
  }
  const messages = withNames(withToolSpans(entries, tree));
  const last = messages.at(-1);
  const isAnswered =
    (last?.role === 'assistant' && last.content !== '') ||
    messages.some(({ role, content }) => role === 'assistant' && content === answer);
  if (answer !== '' && !isAnswered) messages.push(textMessage('assistant', answer, root));
  return messages;
}

/** Agents record their instructions on their own span, not on the model calls below it. */
function systemAbove(chosen: Exchange | null, tree: SpanTree): Entry[] {
  const from = chosen === null ? -1 : tree.spans.indexOf(chosen.reading);
  for (let at = from; at >= 0; at = tree.parents[at] as number) {
    const { input, span } = tree.spans[at] as SpanReading;
    const system = input.filter(({ role }) => role === 'system');
    if (system.length > 0)
      return system.map((message) => ({
        message: { ...message, spanId: span.id },
        time: Number.NEGATIVE_INFINITY,
      }));
  }
  return [];
}

/** Names each unnamed tool message after the call it answers. */
function withNames(entries: readonly Entry[]): Message[] {
  const names = new Map<string, string>();
  return entries.map(({ message }) => {
    for (const { id, name } of message.toolCalls) if (id !== null) names.set(id, name);
    if (message.role !== 'tool' || message.name !== null || message.toolCallId === null) {
      return message;
    }
    return { ...message, name: names.get(message.toolCallId) ?? null };
  });
}

interface Exchange {
  readonly reading: SpanReading;
  readonly input: readonly Message[];
  readonly output: readonly Message[];
}

function mostComplete(tree: SpanTree): Exchange | null {
  let best: Exchange | null = null;
  let bestSize = 0;
  let bestIsModel = false;
  tree.spans.forEach((reading, index) => {
    if (reading.input.length + reading.output.length === 0 || tree.sides[index] === 1) return;
    const exchange = exchangeOf(reading);
    const size = completeness(exchange.input) + completeness(exchange.output);
    const isModel = reading.span.kind === 'model';
    if (size < bestSize || (size === bestSize && bestIsModel && !isModel)) return;
    best = exchange;
    bestSize = size;
    bestIsModel = isModel;
  });
  return best;
}

/** Results count twice: some recorders flatten them into user messages, which then look as long. */
const completeness = (messages: readonly Message[]): number =>
  messages.reduce((size, { role }) => size + (role === 'tool' ? 2 : 1), 0);

/** Graph recorders write the whole state as output, beginning with the input. */
function exchangeOf(reading: SpanReading): Exchange {
  const { input, output } = reading;
  const repeats =
    output.length >= input.length && input.every((message, at) => isSame(message, output[at]));
  return { reading, input: repeats ? [] : input, output };
}

const isSame = (a: Message, b: Message | undefined): boolean =>
  b !== undefined &&
  a.role === b.role &&
  a.content === b.content &&
  a.toolCalls.length === b.toolCalls.length;

/** Gives each message the span that recorded it first, and its time. */
function attributed(exchange: Exchange, spans: readonly SpanReading[]): Entry[] {
  const { reading, input, output } = exchange;
  const producers = new Map<string, SpanReading>();
  const tools = new Map<string, SpanReading>();
  for (const span of spans) {
    const id = span.span.toolCall?.id ?? null;
    if (id !== null) tools.set(id, span);
    if (span === reading || span.span.kind !== 'model') continue;
    for (const message of span.output) {
      const key = messageKey(message);
      if (!producers.has(key)) producers.set(key, span);
    }
  }
  let time = Number.NEGATIVE_INFINITY;
  const entries: Entry[] = [];
  for (const message of input) {
    const source =
      message.role === 'assistant'
        ? producers.get(messageKey(message))
        : message.toolCallId === null
          ? undefined
          : tools.get(message.toolCallId);
    time = Math.max(time, source?.span.endTime ?? time);
    entries.push({ message: { ...message, spanId: (source ?? reading).span.id }, time });
  }
  time = Math.max(time, reading.span.endTime ?? time);
  for (const message of output) {
    entries.push({ message: { ...message, spanId: reading.span.id }, time });
  }
  return entries;
}

const messageKey = ({ content, toolCalls }: Message): string => {
  const call = toolCalls[0];
  return call === undefined ? content : `${content}\n${call.name} ${call.id}`;
};
