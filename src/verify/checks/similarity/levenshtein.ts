import { distance } from 'fastest-levenshtein';
import * as z from 'zod';
import { quoteAnswer, withReference } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { bounded, within } from '../outcome.ts';

const LONGEST = 20_000;

export const levenshtein = defineCheck({
  id: 'levenshtein',
  passes: 'Few enough characters have to change to make the reference of the answer.',
  params: bounded({
    reference: z.string().optional().describe('default: that of the case'),
    ignoreCase: z.boolean().default(false),
  }),
  measure: { range: [0, 1], better: 'higher' },
  source:
    '1 − edit distance (Levenshtein 1966) ÷ length of the longer text; library fastest-levenshtein',
  example: { reference: '10115 Berlin', min: 0.9 },
  ask: (subject, { reference: given, ignoreCase, ...limits }) =>
    withReference(subject, given, (answer, reference) => {
      const [a, b] = [answer, reference].map((text) => {
        const cut = text.trim().slice(0, LONGEST);
        return ignoreCase ? cut.toLowerCase() : cut;
      }) as [string, string];
      const longest = Math.max(a.length, b.length);
      const similarity = longest === 0 ? 1 : 1 - distance(a, b) / longest;
      return within(similarity, limits, 'the similarity is', [quoteAnswer(subject)]);
    }),
});
