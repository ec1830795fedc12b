import * as z from 'zod';
import { quoteAnswer, withReference } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { bounded, within } from '../outcome.ts';
import { normalized } from './squad.ts';
import { common, fScore, ngrams } from './tokens.ts';

export const tokenF1 = defineCheck({
  id: 'token_f1',
  passes: 'Answer and reference share enough words, order aside.',
  params: bounded({ reference: z.string().optional().describe('default: that of the case') }),
  measure: { range: [0, 1], better: 'higher' },
  source: 'F1 of SQuAD (Rajpurkar et al. 2016)',
  example: { reference: 'in the spring of 1889', min: 0.6 },
  ask: (subject, { reference: given, ...limits }) =>
    withReference(subject, given, (answer, reference) => {
      const [found, wanted] = [normalized(answer).split(' '), normalized(reference).split(' ')];
      const shared = common(ngrams(found, 1), ngrams(wanted, 1));
      const f1 = fScore(shared / found.length, shared / wanted.length);
      return within(f1, limits, 'the F1 of the words is', [quoteAnswer(subject)]);
    }),
});
