import { distance } from 'fastest-levenshtein';
import * as z from 'zod';
import { quoteAnswer, withReference } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { bounded, cannotTell, within } from '../outcome.ts';

const LONGEST = 20_000;

export const characterErrorRate = defineCheck({
  id: 'character_error_rate',
  passes:
    'Few enough characters of the reference are missing, wrong or added, as scans are compared.',
  params: bounded({ reference: z.string().optional().describe('default: that of the case') }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'edit distance over characters ÷ characters of the reference',
  example: { reference: 'Invoice 2024-118', max: 0.05 },
  ask: (subject, { reference: given, ...limits }) =>
    withReference(subject, given, (answer, reference) => {
      const wanted = reference.trim().slice(0, LONGEST);
      if (wanted === '') return cannotTell('the reference is empty');
      const rate = distance(answer.trim().slice(0, LONGEST), wanted) / wanted.length;
      return within(rate, limits, 'the character error rate is', [quoteAnswer(subject)]);
    }),
});
