import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';

export const contains = defineCheck({
  id: 'contains',
  passes: 'The answer contains the texts, or one of them.',
  params: z.strictObject({
    texts: z.array(z.string().min(1)).min(1),
    match: z.enum(['all', 'any']).default('all'),
    ignoreCase: z.boolean().default(false),
  }),
  measure: null,
  source: 'verbatim comparison of UTF-16 text',
  example: { texts: ['refund', '5 days'], match: 'all', ignoreCase: true },
  ask: (subject, { texts, match, ignoreCase }) =>
    withAnswer(subject, (answer) => {
      const folded = ignoreCase ? answer.toLowerCase() : answer;
      const places = texts.map((text) => folded.indexOf(ignoreCase ? text.toLowerCase() : text));
      const found = places.flatMap((at, index) =>
        at < 0 ? [] : [quoteAnswer(subject, answer.slice(at, at + texts[index]!.length))],
      );
      const missing = texts.filter((_, index) => places[index]! < 0);
      if (match === 'any' ? found.length > 0 : missing.length === 0)
        return pass(`the answer contains ${found.length} of ${texts.length} texts`, found);
      return fail(`the answer does not contain “${missing.join('”, “')}”`, [quoteAnswer(subject)]);
    }),
});
