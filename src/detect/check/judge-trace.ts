import type { Check } from '../../contract/check.ts';
import type { Json } from '../../contract/json.ts';
import type { Judge, JudgeOptions, Question } from '../../contract/judge.ts';
import type { Evidence } from '../../contract/signal.ts';
import type { Trace } from '../../contract/trace.ts';
import { checkOutcome } from './check-outcome.ts';
import { ANSWER_SCHEMA, INSTRUCTIONS, readAnswer } from './instructions.ts';
import { buildTranscript } from './transcript.ts';

export interface JudgedTrace {
  /** Whether the failure occurs; `unknown` also where the answer was unusable or its quotes are not in the trace. */
  readonly verdict: 'yes' | 'no' | 'unknown';
  /** What its answer lacked; null where it says what it found. */
  readonly missing: 'quote' | 'answer' | null;
  readonly reason: string;
  readonly evidence: readonly Evidence[];
}

/** The question to a model whether the failure occurs in one trace, and how its answer is read: code looks the quotes up. */
export interface TraceQuestion {
  readonly question: Question;
  /** `null` for no usable answer. */
  readonly read: (answer: Json | null) => JudgedTrace;
}

export function traceQuestion(trace: Trace, failure: string): TraceQuestion {
  const { text, steps } = buildTranscript({ trace, rootSpanId: null, signals: [] });
  const check: Check = {
    name: 'rubric',
    text: failure,
    category: 'rubric',
    severity: 3,
    layer: 'prompt',
    fixCost: 2,
  };
  return {
    question: {
      instructions: INSTRUCTIONS,
      material: text,
      items: [failure],
      answer: ANSWER_SCHEMA,
    },
    read(answer) {
      const outcome = checkOutcome(check, answer, trace, steps);
      switch (outcome.kind) {
        case 'answered':
          return {
            verdict: outcome.signal.verdict,
            missing: null,
            reason: `the judge says ${outcome.signal.verdict}`,
            evidence: outcome.signal.evidence,
          };
        case 'unverified':
          return unknown('quote', 'the quotes of the judge are not in the trace');
        case 'unanswered':
          return unknown('answer', 'the judge gave no usable answer');
      }
    },
  };
}

/** What a rubric is made of: with another text, answers may be others. */
export const rubricOf = (failure: string): string =>
  JSON.stringify([INSTRUCTIONS, ANSWER_SCHEMA, failure]);

/** Asks a model whether the failure occurs in one trace. Throws what the judge throws. */
export async function judgeTrace(
  trace: Trace,
  failure: string,
  judge: Judge,
  options: JudgeOptions = {},
): Promise<JudgedTrace> {
  const { question, read } = traceQuestion(trace, failure);
  const { answers } = await judge.ask([question], {
    ...options,
    isUsable: (answer) => readAnswer(answer) !== null,
  });
  return read(answers[0]?.[0] ?? null);
}

const unknown = (missing: 'quote' | 'answer', reason: string): JudgedTrace => ({
  ...{ verdict: 'unknown', missing, reason, evidence: [] },
});
