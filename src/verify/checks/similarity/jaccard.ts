import * as z from 'zod';
import { quoteAnswer, withReference } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { bounded, within } from '../outcome.ts';
import { tokens } from './tokens.ts';

export const jaccard = defineCheck({
  id: 'jaccard',
  passes: 'Answer and reference use enough of the same words.',
  params: bounded({ reference: z.string().optional().describe('default: that of the case') }),
  measure: { range: [0, 1], better: 'higher' },
  source: 'Jaccard 1901: words of both ÷ words of either, each counted once',
  example: { reference: 'refund sent to the card', min: 0.5 },
  ask: (subject, { reference: given, ...limits }) =>
    withReference(subject, given, (answer, reference) => {
      const [found, wanted] = [new Set(tokens(answer)), new Set(tokens(reference))];
      const all = found.union(wanted).size;
      const index = all === 0 ? 1 : found.intersection(wanted).size / all;
      return within(index, limits, 'the Jaccard index is', [quoteAnswer(subject)]);
    }),
});
