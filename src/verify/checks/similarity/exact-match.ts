import * as z from 'zod';
import { quoteAnswer, withReference } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { passIf } from '../outcome.ts';
import { normalized } from './squad.ts';

export const exactMatch = defineCheck({
  id: 'exact_match',
  passes:
    'The answer equals one of the references but for case, punctuation, articles and white space.',
  params: z.strictObject({
    references: z
      .array(z.string())
      .min(1)
      .optional()
      .describe('default: the reference of the case'),
  }),
  measure: null,
  source: 'exact match of SQuAD (Rajpurkar et al. 2016)',
  example: { references: ['Eiffel Tower', 'La tour Eiffel'] },
  ask: (subject, { references }) =>
    withReference(subject, references?.[0], (answer, reference) => {
      const given = normalized(answer);
      const is = (references ?? [reference]).some((each) => normalized(each) === given);
      return passIf(is, `the answer ${is ? 'is' : 'is not'} the reference`, [quoteAnswer(subject)]);
    }),
});
