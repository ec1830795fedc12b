import * as z from 'zod';
import { quoteAnswer, withReference } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { bounded, within } from '../outcome.ts';
import { rougeF1 } from './rouge-f1.ts';

export const rouge = defineCheck({
  id: 'rouge',
  passes: 'The answer covers the reference, as summaries are compared.',
  params: bounded({
    reference: z.string().optional().describe('default: that of the case'),
    variant: z
      .enum(['rouge1', 'rouge2', 'rougeL'])
      .default('rougeL')
      .describe('words, pairs of words, or the longest common sequence of words'),
  }),
  measure: { range: [0, 1], better: 'higher' },
  source: 'F1 of ROUGE (Lin 2004) by the library js-rouge, on lower-case words without stemming',
  example: { reference: 'The parcel arrives on Friday.', variant: 'rougeL', min: 0.5 },
  ask: (subject, { reference: given, variant, ...limits }) =>
    withReference(subject, given, (answer, reference) =>
      within(rougeF1(answer, reference, variant), limits, `${variant} is`, [quoteAnswer(subject)]),
    ),
});
