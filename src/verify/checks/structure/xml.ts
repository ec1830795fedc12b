import { XMLValidator } from 'fast-xml-parser';
import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';

export const xml = defineCheck({
  id: 'xml',
  passes: 'The answer is well-formed XML.',
  params: z.strictObject({}),
  measure: null,
  source: 'XML 1.0 by the library fast-xml-parser',
  example: {},
  ask: (subject) =>
    withAnswer(subject, (answer) => {
      const text = answer.trim();
      const problem = text.startsWith('<') ? XMLValidator.validate(text) : null;
      if (problem === true) return pass('the answer is XML', [quoteAnswer(subject)]);
      const why =
        problem === null ? 'it does not begin with a tag' : problem.err.msg.replace(/\.$/, '');
      return fail(`the answer is not XML: ${why}`, [quoteAnswer(subject)]);
    }),
});
