import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';

export const codeBlock = defineCheck({
  id: 'code_block',
  passes:
    'The answer holds a fenced block of code that is closed, in the language where one is given.',
  params: z.strictObject({ language: z.string().min(1).optional() }),
  measure: null,
  source: 'CommonMark 0.31, fenced code blocks',
  example: { language: 'python' },
  ask: (subject, { language }) =>
    withAnswer(subject, (answer) => {
      const fences = [
        ...answer.matchAll(/^ {0,3}(`{3,20}|~{3,20})[ \t]{0,10}([^\s`]{0,60})[^\n`]{0,400}$/gm),
      ];
      const opened = fences.filter((_, index) => index % 2 === 0);
      if (fences.length % 2 === 1)
        return fail('a block of code is not closed', [quoteAnswer(subject)]);
      const found = opened.find(
        ([, , name]) => language === undefined || name?.toLowerCase() === language.toLowerCase(),
      );
      return found === undefined
        ? fail(`the answer holds no block of ${language ?? 'code'}`, [quoteAnswer(subject)])
        : pass(`the answer holds a block of ${language ?? 'code'}`, [
            quoteAnswer(subject, found[0]),
          ]);
    }),
});
