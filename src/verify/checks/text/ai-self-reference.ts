import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';

const SELF =
  /\b(?:as an? (?:large )?(?:AI|artificial intelligence|language model)\b[^.!?\n]{0,60}|I(?:'|’)?(?: a)?m (?:just |only )?an? (?:large )?(?:AI|language model)\b|my (?:training data|knowledge cutoff)\b|I was trained by \w{1,30})/i;

export const aiSelfReference = defineCheck({
  id: 'ai_self_reference',
  passes: 'The answer does not talk about being a language model.',
  params: z.strictObject({}),
  measure: null,
  source: 'stock phrases of models, in English',
  example: {},
  ask: (subject) =>
    withAnswer(subject, (answer) => {
      const found = SELF.exec(answer)?.[0];
      return found === undefined
        ? pass('the answer does not talk about being a model')
        : fail('the answer talks about being a model', [quoteAnswer(subject, found)]);
    }),
});
