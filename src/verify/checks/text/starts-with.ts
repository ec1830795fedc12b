import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { passIf } from '../outcome.ts';

export const startsWith = defineCheck({
  id: 'starts_with',
  passes: 'The answer begins with the text, white space before it aside.',
  params: z.strictObject({ text: z.string().min(1) }),
  measure: null,
  source: 'verbatim comparison of UTF-16 text',
  example: { text: 'Dear ' },
  ask: (subject, { text }) =>
    withAnswer(subject, (answer) => {
      const is = answer.trimStart().startsWith(text);
      return passIf(is, `the answer ${is ? 'begins' : 'does not begin'} with “${text}”`, [
        quoteAnswer(subject, is ? text : answer.slice(0, 100)),
      ]);
    }),
});
