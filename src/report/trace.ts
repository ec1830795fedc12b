import type { Failure } from '../contract/failure.ts';
import type { ReportMessage, ReportTrace } from '../contract/report.ts';
import type { Evidence } from '../contract/signal.ts';
import type { Message, ToolCall, Trace } from '../contract/trace.ts';
import { latency } from '../trace/latency.ts';
import { errorText, reportSpans } from '../trace/spans.ts';
import { tokens } from '../trace/tokens.ts';
import { traitsOf } from '../trace/traits.ts';

const MESSAGES = 24;
const CONTENT = 1_200;
const SYSTEM_CONTENT = 500;
const ARGUMENTS = 2_000;

/** Shortens a trace for display: keeps the messages with evidence and those around them, and cuts long texts around the quotes. */
export const reportTrace = ({ trace, signals }: Pick<Failure, 'trace' | 'signals'>): ReportTrace =>
  shown(
    trace,
    signals.flatMap((signal) => signal.evidence),
    false,
  );

/** A trace that passed, to show beside a failure. */
export const passingTrace = (trace: Trace): ReportTrace => shown(trace, [], true);

function shown(trace: Trace, evidence: readonly Evidence[], isPassing: boolean): ReportTrace {
  const messages = trace.messages.length > 0 ? trace.messages : inputAndOutput(trace);
  const keep = keptIndices(messages.length, evidence);
  return {
    id: trace.id,
    isPassing,
    name: trace.name,
    ...traitsOf(trace),
    origin: `${trace.origin.file}${trace.origin.line === null ? '' : `:${trace.origin.line}`}`,
    durationMs: latency(trace),
    tokens: tokens(trace),
    cost: trace.usage.cost,
    error: errorText(trace.error),
    messages: messages.flatMap((message, index) =>
      keep.has(index) ? [reportMessage(message, index, evidence)] : [],
    ),
    ...reportSpans(trace),
    evidence,
  };
}

/** Shows input and output as messages if a trace has none. */
const inputAndOutput = ({ input, output }: Trace): Message[] =>
  (['user', 'assistant'] as const).map((role) => ({
    role,
    content: role === 'user' ? input : output,
    toolCalls: [],
    toolCallId: null,
    name: null,
    spanId: null,
  }));

/** At most 24: messages with evidence first, then the first and last, then outward from the evidence. */
function keptIndices(count: number, evidence: readonly Evidence[]): Set<number> {
  const quoted = evidence.flatMap(({ path }) => {
    const match = /^\/messages\/(\d+)/.exec(path);
    return match === null ? [] : [Number(match[1])];
  });
  const order = [...quoted, 0, 1, count - 1, count - 2];
  for (let distance = 1; distance < MESSAGES; distance += 1)
    for (const index of quoted.length > 0 ? quoted : [0])
      order.push(index - distance, index + distance);
  const kept = new Set<number>();
  for (const index of order) {
    if (kept.size >= MESSAGES) break;
    if (index >= 0 && index < count) kept.add(index);
  }
  return kept;
}

function reportMessage(
  message: Message,
  index: number,
  evidence: readonly Evidence[],
): ReportMessage {
  const limit = message.role === 'system' ? SYSTEM_CONTENT : CONTENT;
  const quotes = evidence
    .filter(
      ({ path }) =>
        path === `/messages/${index}/content` || path === '/input' || path === '/output',
    )
    .map(({ quote }) => quote);
  const content = cutAround(message.content, quotes, limit);
  return {
    index,
    role: message.role,
    name: message.name,
    content: content.text,
    omitted: content.omitted,
    toolCalls: message.toolCalls.map(bounded),
    spanId: message.spanId,
  };
}

const CUT = ' … ';

/** The first `limit` characters, or passages around the quotes if those are further in. */
function cutAround(
  text: string,
  quotes: readonly string[],
  limit: number,
): { text: string; omitted: number } {
  if (text.length <= limit) return { text, omitted: 0 };
  const places = quotes
    .map((quote) => ({ from: text.indexOf(quote), length: quote.length }))
    .filter(({ from }) => from >= 0);
  if (places.every(({ from, length }) => from + length <= limit))
    return { text: text.slice(0, limit) + CUT, omitted: text.length - limit };
  const margin = 160;
  const stretches = [
    { from: 0, to: limit / 2 },
    ...places.map(({ from, length }) => ({
      from: Math.max(0, from - margin),
      to: Math.min(text.length, from + length + margin),
    })),
  ].sort((a, b) => a.from - b.from);
  const merged: { from: number; to: number }[] = [];
  for (const stretch of stretches) {
    const last = merged.at(-1);
    if (last !== undefined && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to);
    else merged.push({ ...stretch });
  }
  const shown = merged.reduce((sum, { from, to }) => sum + to - from, 0);
  const pieces = merged.map(({ from, to }) => text.slice(from, to)).join(CUT);
  return {
    text: merged.at(-1)!.to < text.length ? pieces + CUT : pieces,
    omitted: text.length - shown,
  };
}

const bounded = (call: ToolCall): ToolCall => {
  const text = JSON.stringify(call.arguments);
  return text.length <= ARGUMENTS ? call : { ...call, arguments: text.slice(0, ARGUMENTS) };
};
