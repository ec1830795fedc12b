import type { Check } from '../../contract/check.ts';
import type { Judge, JudgeOptions } from '../../contract/judge.ts';
import type { Evidence } from '../../contract/signal.ts';
import type { Trace } from '../../contract/trace.ts';
import { checkOutcome } from './check-outcome.ts';
import { ANSWER_SCHEMA, INSTRUCTIONS, readAnswer } from './instructions.ts';
import { buildTranscript } from './transcript.ts';

export interface JudgedTrace {
  /** Whether the failure occurs; `unknown` also where the answer was unusable or its quotes are not in the trace. */
  readonly verdict: 'yes' | 'no' | 'unknown';
  readonly reason: string;
  readonly evidence: readonly Evidence[];
}

/** Asks a model whether the failure occurs in one trace. Code looks the quotes up. Throws what the judge throws. */
export async function judgeTrace(
  trace: Trace,
  failure: string,
  judge: Judge,
  options: JudgeOptions = {},
): Promise<JudgedTrace> {
  const { text, steps } = buildTranscript({ trace, rootSpanId: null, signals: [] });
  const { answers } = await judge.ask(
    [{ instructions: INSTRUCTIONS, material: text, items: [failure], answer: ANSWER_SCHEMA }],
    { ...options, isUsable: (answer) => readAnswer(answer) !== null },
  );
  const check: Check = {
    name: 'rubric',
    text: failure,
    category: 'rubric',
    severity: 3,
    layer: 'prompt',
    fixCost: 2,
  };
  const outcome = checkOutcome(check, answers[0]?.[0] ?? null, trace, steps);
  switch (outcome.kind) {
    case 'answered':
      return {
        verdict: outcome.signal.verdict,
        reason: `the judge says ${outcome.signal.verdict}`,
        evidence: outcome.signal.evidence,
      };
    case 'unverified':
      return unknown('the quotes of the judge are not in the trace');
    case 'unanswered':
      return unknown('the judge gave no usable answer');
  }
}

const unknown = (reason: string): JudgedTrace => ({ verdict: 'unknown', reason, evidence: [] });
