import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';

export const oneOf = defineCheck({
  id: 'one_of',
  passes: 'The answer is one of the labels and nothing else, as a classifier must answer.',
  params: z.strictObject({
    labels: z.array(z.string().min(1)).min(1),
    ignoreCase: z.boolean().default(false),
  }),
  measure: null,
  source: 'verbatim comparison, white space and a final period aside',
  example: { labels: ['billing', 'shipping', 'other'] },
  ask: (subject, { labels, ignoreCase }) =>
    withAnswer(subject, (answer) => {
      const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
      const given = fold(answer.trim().replace(/\.$/, ''));
      const label = labels.find((each) => fold(each) === given);
      return label === undefined
        ? fail(`the answer is none of the ${labels.length} labels`, [quoteAnswer(subject)])
        : pass(`the answer is ${label}`, [quoteAnswer(subject)]);
    }),
});
