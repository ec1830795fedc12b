import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';
import type { ReportMessage, ReportTrace } from '../../../contract/report.ts';
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
    startTime: null,
    tokens: null,
    cost: null,
    error: null,
    spans: [],
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
      say(3, 'tool', cause.result, { name: cause.tool }),
      say(4, 'assistant', cause.answer(n), { omitted: n % 3 === 0 ? 120 : 0 }),
    ],
  };
}
