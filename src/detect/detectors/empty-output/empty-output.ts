import type { Trace } from '../../../contract/trace.ts';
import { fingerprint } from '../../../text/mask.ts';
import type { Detector } from '../../detector.ts';
import { pointer, quote } from '../../evidence.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';

const ID = 'empty_output';
const NO = saysNo(ID);
const NOT_RECORDED = saysUnknown(ID, 'no output recorded');

/**
 * The run ended without saying or doing anything: a blank last answer without a tool call, a placeholder
 * (`null`, `N/A`), or no answer at all to the user's last message. An output that the recorder left out
 * is a gap, not a failure.
 */
export const emptyOutput: Detector = {
  id: ID,
  detect(trace) {
    if (trace.output.length > 12) return NO;
    const output = trace.output.trim();
    if (output !== '' && !PLACEHOLDER.test(output)) return NO;
    if (isGap(trace)) return NOT_RECORDED;
    if (output !== '') return placeholder(trace, output);
    const last = trace.messages.at(-1);
    if (last === undefined) return NOT_RECORDED;
    if (last.role === 'assistant') return last.toolCalls.length > 0 ? NO : blank(trace);
    if (last.role === 'tool') return unanswered(trace, 'after_tool_result');
    return trace.messages.some((message) => message.role === 'assistant') || finished(trace)
      ? unanswered(trace, 'no_answer')
      : NOT_RECORDED;
  },
};

/** A whole answer that says nothing; `none` and `no` can be answers. */
const PLACEHOLDER = /^(?:null|undefined|nan|n\/a|\[object Object\]|""|''|<empty>|\.{1,3}|-{1,3})$/;

const isGap = (trace: Trace): boolean =>
  trace.gaps.some(
    (gap) =>
      gap.kind === 'no_output' || gap.kind === 'redacted' || gap.kind === 'truncated_attributes',
  );

/** Ended by itself, so that an answer was due. */
const finished = (trace: Trace): boolean => trace.status === 'ok';

const placeholder = (trace: Trace, output: string) => {
  const evidence = quote(trace, '/output', output, trace.messages.at(-1)?.spanId ?? null);
  return evidence === null ? NO : [yes('placeholder', 'The answer is a placeholder', evidence)];
};

/** Nothing to quote but the emptiness itself: the question that got no answer stands as evidence. */
function blank(trace: Trace) {
  return unanswered(trace, 'blank');
}

function unanswered(trace: Trace, kind: string) {
  for (let at = trace.messages.length - 1; at >= 0; at--) {
    const message = trace.messages[at];
    if (message === undefined || message.content.trim() === '') continue;
    const evidence = quote(
      trace,
      pointer('messages', at, 'content'),
      message.content,
      message.spanId,
    );
    if (evidence !== null) {
      return [yes(kind, SUMMARY[kind] ?? 'The run ended without an answer', evidence)];
    }
  }
  return NOT_RECORDED;
}

const SUMMARY: Readonly<Record<string, string>> = {
  blank: 'The last answer is blank',
  after_tool_result: 'The run ended on a tool result without an answer',
  no_answer: 'The request got no answer',
};

const yes = (kind: string, summary: string, evidence: NonNullable<ReturnType<typeof quote>>) =>
  ({
    detector: ID,
    verdict: 'yes',
    category: ID,
    confidence: 0.95,
    spanId: evidence.spanId,
    summary,
    fingerprint: fingerprint(ID, kind),
    evidence: [evidence],
  }) as const;
