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
      const present = texts.filter((_, index) => places[index]! >= 0);
      if (match === 'any' ? found.length > 0 : missing.length === 0)
        return pass(`the answer contains ${quoted(present)}`, found);
      return fail(`the answer does not contain ${quoted(missing)}`, [quoteAnswer(subject)]);
    }),
});

/** The first three texts in quotation marks, and how many more there are. */
const quoted = (texts: readonly string[]): string =>
  `“${texts.slice(0, 3).join('”, “')}”${texts.length > 3 ? ` and ${texts.length - 3} more` : ''}`;
