import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { passIf } from '../outcome.ts';

export const endsWith = defineCheck({
  id: 'ends_with',
  passes: 'The answer ends with the text, white space after it aside.',
  params: z.strictObject({ text: z.string().min(1) }),
  measure: null,
  source: 'verbatim comparison of UTF-16 text',
  example: { text: 'Best regards, Support' },
  ask: (subject, { text }) =>
    withAnswer(subject, (answer) => {
      const is = answer.trimEnd().endsWith(text);
      return passIf(is, `the answer ${is ? 'ends' : 'does not end'} with “${text}”`, [
        quoteAnswer(subject, is ? text : answer.slice(-100)),
      ]);
    }),
});
