import * as z from 'zod';
import { linearPattern } from '../../../text/linear-pattern.ts';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { passIf } from '../outcome.ts';

export const regex = defineCheck({
  id: 'regex',
  passes: 'The pattern matches somewhere in the answer.',
  params: z.strictObject({
    pattern: z
      .string()
      .min(1)
      .refine((source) => linearPattern(source) !== null, {
        error:
          'is not a pattern that can be matched in linear time: no lookaround, no backreferences, at most 2,000 characters',
      })
      .describe('ECMAScript with the `u` flag'),
  }),
  measure: null,
  source: 'RE2 syntax: time is linear in the answer, whatever the pattern',
  example: { pattern: '^RMA-[0-9]{8}$' },
  ask: (subject, { pattern }) =>
    withAnswer(subject, (answer) => {
      const is = linearPattern(pattern)?.test(answer) === true;
      return passIf(is, `the pattern ${is ? 'matches' : 'does not match'}`, [quoteAnswer(subject)]);
    }),
});
