import type { ReportMessage, ReportSpan, ReportTrace } from '../../../contract/report.ts';
import type { ToolCall } from '../../../contract/trace.ts';

export interface SpanCall {
  readonly call: ToolCall;
  /** Index of the message that makes the call. */
  readonly message: number;
  readonly result: ReportMessage | null;
}

/** The call that a tool's span carried out: the last one with its name before the span's result. Null for other spans. */
export function callOfSpan(trace: ReportTrace, span: ReportSpan): SpanCall | null {
  if (span.kind !== 'tool') return null;
  const result =
    trace.messages.find(({ role, spanId }) => role === 'tool' && spanId === span.id) ?? null;
  const before = trace.messages.filter(({ index }) => result === null || index < result.index);
  for (const message of before.toReversed()) {
    const call = message.toolCalls.find(({ name }) => name === span.name || name === result?.name);
    if (call !== undefined) return { call, message: message.index, result };
  }
  return null;
}
