import * as z from 'zod';
import { sentences } from '../../../text/sentences.ts';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { passIf } from '../outcome.ts';

export const asksQuestion = defineCheck({
  id: 'asks_question',
  passes: 'The answer asks the user something back, or does not, as expected.',
  params: z.strictObject({ expected: z.boolean() }),
  measure: null,
  source: 'a sentence that ends in a question mark of any script',
  example: { expected: true },
  ask: (subject, { expected }) =>
    withAnswer(subject, (answer) => {
      const found = sentences(answer, 1_000).find(
        ({ text }) => /[?？؟;]["'”’)\]*]{0,3}\s*$/u.test(text) && !text.endsWith(';'),
      );
      return passIf(
        (found !== undefined) === expected,
        `the answer asks ${found === undefined ? 'nothing' : 'a question'}`,
        [quoteAnswer(subject, found?.text)],
      );
    }),
});
