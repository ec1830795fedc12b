import { distance } from 'fastest-levenshtein';
import * as z from 'zod';
import { quoteAnswer, withReference } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { bounded, cannotTell, within } from '../outcome.ts';
import { tokens } from './tokens.ts';

export const wordErrorRate = defineCheck({
  id: 'word_error_rate',
  passes:
    'Few enough words of the reference are missing, wrong or added, as transcripts are compared.',
  params: bounded({ reference: z.string().optional().describe('default: that of the case') }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'edit distance over words ÷ words of the reference, case and punctuation aside',
  example: { reference: 'turn the kitchen lights off', max: 0.2 },
  ask: (subject, { reference: given, ...limits }) =>
    withReference(subject, given, (answer, reference) => {
      const wanted = tokens(reference);
      if (wanted.length === 0) return cannotTell('the reference has no words');
      const rate = wordDistance(tokens(answer), wanted) / wanted.length;
      return within(rate, limits, 'the word error rate is', [quoteAnswer(subject)]);
    }),
});

/** Edit distance over words: each different word is one character. */
function wordDistance(a: readonly string[], b: readonly string[]): number {
  const codes = new Map<string, string>();
  const spelled = (all: readonly string[]): string =>
    all
      .map((word) => {
        const code = codes.get(word) ?? String.fromCharCode(codes.size + 1);
        codes.set(word, code);
        return code;
      })
      .join('');
  return distance(spelled(a), spelled(b));
}
