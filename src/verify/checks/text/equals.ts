import * as z from 'zod';
import { quoteAnswer, withReference } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { passIf } from '../outcome.ts';

export const equals = defineCheck({
  id: 'equals',
  passes: 'The answer is the text, white space around it aside.',
  params: z.strictObject({
    text: z.string().optional().describe('default: the reference of the case'),
    ignoreCase: z.boolean().default(false),
  }),
  measure: null,
  source: 'verbatim comparison of UTF-16 text',
  example: { text: 'APPROVED' },
  ask: (subject, { text, ignoreCase }) =>
    withReference(subject, text, (answer, reference) => {
      const [given, wanted] = [answer.trim(), reference.trim()];
      const isSame = ignoreCase ? given.toLowerCase() === wanted.toLowerCase() : given === wanted;
      return passIf(isSame, `the answer is ${isSame ? '' : 'not '}“${wanted.slice(0, 100)}”`, [
        quoteAnswer(subject),
      ]);
    }),
});
