import type { Pair, PairStep, ReportTrace } from '../../../contract/report.ts';
import type { Cause } from './causes.ts';

/** A failing trace beside one that looks the order up first. */
export function makePair(
  cluster: string,
  cause: Cause,
  trace: ReportTrace,
  payload: string,
): { readonly pair: Pair; readonly passing: ReportTrace } {
  const passing = passingTrace(trace, payload);
  const call = trace.messages.find(({ toolCalls }) => toolCalls.length > 0)?.toolCalls[0];
  const step = (kind: PairStep['kind'], text: string, more: Partial<PairStep> = {}): PairStep => ({
    kind,
    tool: null,
    text: `${text}${payload}`,
    result: null,
    failed: false,
    message: null,
    ...more,
  });
  const [, asked, , result, answer] = trace.messages;
  const request = asked?.content ?? '';
  return {
    passing,
    pair: {
      cluster,
      failing: trace.id,
      passing: passing.id,
      similarity: 0.8,
      rows: [
        {
          failing: step('user', request, { message: 1 }),
          passing: step('user', request, { message: 0 }),
          isSame: true,
        },
        {
          failing: {
            ...step('tool', '', { tool: cause.tool, failed: true, message: 2 }),
            text: JSON.stringify(call?.arguments ?? {}),
            result: result?.content ?? null,
          },
          passing: step('tool', '{"account_id":"A-1"}', {
            tool: 'list_orders',
            result: '{"orders":["O-1"]}',
          }),
          isSame: false,
        },
        {
          failing: step('assistant', answer?.content ?? '', { message: 4 }),
          passing: step('assistant', 'It is done.'),
          isSame: true,
        },
      ],
      firstDifference: 1,
      difference: `The passing trace calls \`list_orders\`; the failing trace calls \`${cause.tool}\``,
    },
  };
}

const passingTrace = (trace: ReportTrace, payload: string): ReportTrace => ({
  ...trace,
  id: `passes-${trace.id}`,
  isPassing: true,
  error: null,
  evidence: [],
  spans: [],
  messages: trace.messages
    .slice(1, 2)
    .map((message) => ({ ...message, content: `${message.content}${payload}` })),
});
