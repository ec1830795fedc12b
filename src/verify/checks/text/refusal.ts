import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { passIf } from '../outcome.ts';

export const refusal = defineCheck({
  id: 'refusal',
  passes: 'The answer refuses, or does not refuse, as expected.',
  params: z.strictObject({ expected: z.boolean() }),
  measure: null,
  source:
    'the phrases that the detectors of refusals read, in English; saying that the sources have no answer is no refusal',
  example: { expected: false },
  ask: (subject, { expected }) =>
    withAnswer(subject, () => {
      const refused = subject.run.refusal;
      const found = refused?.kind === 'abstains' ? null : refused;
      return passIf(
        (found !== null) === expected,
        `the answer ${found === null ? 'does not refuse' : 'refuses'}`,
        [quoteAnswer(subject, found?.text)],
      );
    }),
});
