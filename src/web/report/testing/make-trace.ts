import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';
import type { ReportMessage, ReportSpan, ReportTrace } from '../../../contract/report.ts';
import { type Cause, makeEvidence } from './causes.ts';
import type { ReportShape } from './report-shape.ts';

const POLICY = `You are the support agent of a shop. Be brief and kind.
You may look up accounts and orders, refund orders and search the documentation.
Refund only orders of the last 30 days. Never promise what the documentation does not say.
When a tool fails, say what failed and offer a next step.`;

/** The conversation of one failure of a cause, including its evidence. */
export function makeTrace(
  failure: AnalyzedFailure,
  cause: Cause,
  n: number,
  shape: ReportShape,
): ReportTrace {
  const payload = shape.payload ?? '';
  const say = (
    index: number,
    role: ReportMessage['role'],
    content: string,
    more: Partial<ReportMessage> = {},
  ): ReportMessage => ({
    index,
    role,
    name: null,
    content: `${content}${payload}`,
    omitted: 0,
    toolCalls: [],
    spanId: null,
    ...more,
  });
  return {
    id: failure.traceId,
    name: 'support-agent',
    model: 'gpt-4.1-mini',
    isPassing: false,
    tenant: failure.tenant,
    promptVersion: failure.promptVersion,
    release: null,
    startTime: failure.startTime,
    tokens: 1356,
    cost: 0.0021,
    error: 'order_not_found: refused',
    spans: makeSpans(cause, payload),
    omittedSpans: 0,
    origin: `support-agent.otlp.jsonl:${n + 1}`,
    durationMs: 1800 + n * 13,
    evidence: [makeEvidence(cause, n)],
    messages: [
      say(0, 'system', shape.systemPrompt ?? POLICY),
      say(1, 'user', failure.input),
      say(2, 'assistant', '', {
        toolCalls: [{ id: `call_${n}`, name: cause.tool, arguments: cause.wrong(n) }],
      }),
      say(3, 'tool', cause.result, { name: cause.tool, spanId: 's2' }),
      say(4, 'assistant', cause.answer(n), { omitted: n % 3 === 0 ? 120 : 0 }),
    ],
  };
}

/** An agent, its model calls, and the call of the tool, which fails. */
function makeSpans(cause: Cause, payload: string): ReportSpan[] {
  const span = (
    id: string,
    kind: ReportSpan['kind'],
    name: string,
    startMs: number,
    durationMs: number,
    more: Partial<ReportSpan> = {},
  ): ReportSpan => ({
    id,
    name: `${name}${payload}`,
    kind,
    depth: 1,
    startMs,
    durationMs,
    model: kind === 'model' ? 'gpt-4.1-mini' : null,
    tokens: kind === 'model' ? 452 : null,
    cost: kind === 'model' ? 0.0007 : null,
    error: null,
    ...more,
  });
  return [
    span('s0', 'agent', 'support-agent', 0, 1800, { depth: 0 }),
    span('s1', 'model', 'chat', 0, 600),
    span('s2', 'tool', cause.tool, 600, 90, { error: 'order_not_found: refused' }),
    span('s3', 'model', 'chat', 700, 1100),
  ];
}
