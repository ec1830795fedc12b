import * as z from 'zod';
import { withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { bounded, cannotTell, within } from '../outcome.ts';
import { ngrams, tokens } from '../similarity/tokens.ts';

export const distinctN = defineCheck({
  id: 'distinct_n',
  passes: 'Enough of the answer’s n-grams are different ones.',
  params: bounded({ n: z.int().min(1).max(5).default(2) }),
  measure: { range: [0, 1], better: 'higher' },
  source: 'Li et al. 2016 (distinct-1, distinct-2): different n-grams ÷ n-grams',
  example: { n: 2, min: 0.7 },
  ask: (subject, { n, ...limits }) =>
    withAnswer(subject, (answer) => {
      const counts = ngrams(tokens(answer), n);
      let total = 0;
      for (const count of counts.values()) total += count;
      if (total === 0) return cannotTell(`the answer has fewer than ${n} words`);
      return within(counts.size / total, limits, `the share of different ${n}-grams is`);
    }),
});
