import { isMap, isSeq, parseDocument } from 'yaml';
import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';

const LONGEST = 200_000;

export const yaml = defineCheck({
  id: 'yaml',
  passes: 'The answer is YAML that holds a mapping or a list.',
  params: z.strictObject({}),
  measure: null,
  source: 'YAML 1.2 by the library yaml',
  example: {},
  ask: (subject) =>
    withAnswer(subject, (answer) => {
      if (answer.length > LONGEST) return cannotTell(`the answer has over ${LONGEST} characters`);
      const document = parseDocument(answer, { uniqueKeys: true, prettyErrors: false });
      const [error] = document.errors;
      if (error === undefined && (isMap(document.contents) || isSeq(document.contents)))
        return pass('the answer is YAML', [quoteAnswer(subject)]);
      return fail(`the answer is not YAML: ${error?.message ?? 'it holds plain text'}`, [
        quoteAnswer(subject),
      ]);
    }),
});
