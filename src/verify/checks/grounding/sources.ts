import type { CheckOutcome } from '../../../contract/check-use.ts';
import { quoteAnswer, withAnswer } from '../answer.ts';
import type { CheckSubject } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';

const LONGEST = 2_000_000;

/** Everything that the answer may rest on: sources, and what was said before it. */
export interface Grounds {
  readonly text: string;
  readonly answer: string;
}

/**
 * Finds what the answer says and its sources do not: `missing` returns the pieces, verbatim. Cannot tell without sources,
 * or where the recorder cut them.
 */
export const withGrounds = (
  subject: CheckSubject,
  what: string,
  missing: (grounds: Grounds) => { readonly all: number; readonly missing: readonly string[] },
): CheckOutcome =>
  withAnswer(subject, (answer) => {
    const context = subject.run.sources;
    if (context === null)
      return cannotTell('the run has no sources: no documents, no results of tools, no passage');
    const text =
      `${context.sources.map((source) => source.text).join('\n')}\n${context.conversation}`.slice(
        0,
        LONGEST,
      );
    const { all, missing: absent } = missing({ text, answer });
    if (absent.length > 0 && !context.complete)
      return cannotTell('a source was cut when it was recorded');
    const share = all === 0 ? 1 : 1 - absent.length / all;
    if (absent.length === 0)
      return pass(
        all === 0 ? `the answer has no ${what}` : `all ${what} are in the sources`,
        [],
        share,
      );
    return fail(
      `${absent.length} of ${all} ${what} are not in the sources: ${absent.slice(0, 5).join(', ')}`,
      absent.slice(0, 5).map((piece) => quoteAnswer(subject, piece)),
      share,
    );
  });

export const SHARE = { range: [0, 1], better: 'higher' } as const;
