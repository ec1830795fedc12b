import * as z from 'zod';
import { quantities } from '../../../text/numbers.ts';
import { quoteAnswer, withReference } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, passIf } from '../outcome.ts';

export const numberEquals = defineCheck({
  id: 'number_equals',
  passes: 'The last number of the answer is the expected one.',
  params: z.strictObject({
    value: z.number().optional().describe('default: the last number of the reference of the case'),
    tolerance: z.number().min(0).default(0).describe('greatest relative difference'),
  }),
  measure: null,
  source: 'final-answer match as in GSM8K: the last number of the text',
  example: { value: 1250.5, tolerance: 0.001 },
  ask: (subject, { value, tolerance }) =>
    withReference(subject, value === undefined ? undefined : String(value), (answer, reference) => {
      const wanted = lastNumber(reference);
      if (wanted === null) return cannotTell('the reference holds no number');
      const found = lastNumber(answer);
      if (found === null) return fail('the answer holds no number', [quoteAnswer(subject)]);
      const difference = Math.abs(found.value - wanted.value);
      const most = Math.max(1e-9, tolerance) * Math.max(1e-9, Math.abs(wanted.value));
      return passIf(
        difference <= most,
        `the last number is ${found.text}, expected ${wanted.text}`,
        [quoteAnswer(subject, found.text)],
      );
    }),
});

const lastNumber = (text: string) => quantities(text, 10_000).at(-1) ?? null;
