import type { GapKind, Trace } from '../../../contract/trace.ts';
import { defineDetector, inconclusive, noFinding } from '../../define.ts';
import { pointer } from '../../evidence.ts';
import type { Finding } from '../../finding.ts';
import type { Run } from '../../run/run.ts';

const NOT_RECORDED = inconclusive('no output recorded');

/**
 * The run ended without saying or doing anything: a blank last answer without a tool call, a placeholder
 * (`null`, `N/A`), or no answer at all to the user's last message. An output that the recorder left out
 * is a gap, not a failure. A run that stops on a tool result is `no_final_answer`.
 */
export const emptyOutput = defineDetector({
  id: 'empty_output',
  tier: 'symptom',
  finds: 'a run that ends without an answer',
  category: {
    name: 'Empty output',
    definition: 'Every run ends with an answer.',
    severity: 4,
    layer: 'orchestration',
    fixCost: 2,
    example: 'The last answer is blank.',
  },
  detect(run) {
    const { trace } = run;
    if (trace.output.length > 12) return noFinding;
    const output = trace.output.trim();
    if (output !== '' && !PLACEHOLDER.test(output)) return noFinding;
    if (isGap(trace)) return NOT_RECORDED;
    if (output !== '') return placeholder(run, output);
    const last = trace.messages.at(-1);
    if (last === undefined) return NOT_RECORDED;
    if (last.role === 'assistant') {
      return last.toolCalls.length > 0 ? noFinding : unanswered(run, 'blank');
    }
    if (last.role === 'tool') return noFinding;
    return trace.messages.some((message) => message.role === 'assistant') || trace.status === 'ok'
      ? unanswered(run, 'no answer')
      : NOT_RECORDED;
  },
});

/** A whole answer that says nothing; `none` and `no` can be answers. */
const PLACEHOLDER = /^(?:null|undefined|nan|n\/a|\[object Object\]|""|''|<empty>|\.{1,3}|-{1,3})$/;

const isGap = (trace: Trace): boolean => trace.gaps.some(({ kind }) => UNSEEN.has(kind));

/** An answer may be there, but cannot be read. */
const UNSEEN: ReadonlySet<GapKind> = new Set([
  'no_output',
  'redacted',
  'truncated_attributes',
  'unknown_shape',
]);

const placeholder = (run: Run, output: string): Finding | null =>
  run.finding({
    cause: ['placeholder'],
    statement: 'The answer is a placeholder',
    confidence: CONFIDENCE,
    evidence: [run.quote('/output', output, run.messages.at(-1)?.spanId ?? null)],
  });

/** Nothing can be quoted but the message that got no answer. */
function unanswered(run: Run, kind: keyof typeof STATEMENTS) {
  for (let at = run.messages.length - 1; at >= 0; at--) {
    const message = run.messages[at];
    if (message === undefined || message.content.trim() === '') continue;
    const finding = run.finding({
      cause: [kind],
      statement: STATEMENTS[kind],
      confidence: CONFIDENCE,
      evidence: [run.quote(pointer('messages', at, 'content'), message.content, message.spanId)],
    });
    if (finding !== null) return finding;
  }
  return NOT_RECORDED;
}

const CONFIDENCE = 0.95;

const STATEMENTS = {
  blank: 'The last answer is blank',
  'no answer': 'The request got no answer',
} as const;
