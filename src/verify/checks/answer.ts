import type { CheckOutcome } from '../../contract/check-use.ts';
import type { Evidence } from '../../contract/signal.ts';
import type { CheckSubject } from './define.ts';
import { cannotTell } from './outcome.ts';

const ANSWER = '/output';

/** What the recorder left out cannot be judged; an answer that was empty can. */
export const withAnswer = (
  { trace }: CheckSubject,
  ask: (answer: string) => CheckOutcome,
): CheckOutcome =>
  trace.output === '' && trace.gaps.some(({ kind }) => kind === 'no_output')
    ? cannotTell('no answer was recorded')
    : ask(trace.output);

/** As `withAnswer`, with the answer to compare with: the parameter, else that of the case. */
export const withReference = (
  subject: CheckSubject,
  given: string | undefined,
  ask: (answer: string, reference: string) => CheckOutcome,
): CheckOutcome => {
  const reference = given ?? subject.reference;
  if (reference === null)
    return cannotTell('there is no reference: give the parameter, or the case a reference');
  return withAnswer(subject, (answer) => ask(answer, reference));
};

/** The answer, or the text in it, verbatim. */
export const quoteAnswer = ({ run, trace }: CheckSubject, text = trace.output): Evidence | null =>
  text === '' ? null : run.quote(ANSWER, text, run.answerSpan);
