import * as z from 'zod';
import { type Quantity, quantities } from '../../../text/numbers.ts';
import { defineCheck } from '../define.ts';
import { SHARE, withGrounds } from './sources.ts';

export const numbersGrounded = defineCheck({
  id: 'numbers_grounded',
  passes:
    'Every number of the answer is in its sources or in the request, rounded or in another scale.',
  params: z.strictObject({
    from: z
      .number()
      .min(0)
      .default(10)
      .describe('smaller numbers are mostly counts and are left out'),
  }),
  measure: SHARE,
  source:
    'numbers in digits and words; unlike the detector groundedness_miss, sums and differences do not count as grounded',
  example: { from: 10 },
  ask: (subject, { from }) =>
    withGrounds(subject, 'numbers', ({ text, answer }) => {
      const given = Float64Array.from(quantities(text, 20_000), ({ value }) => value).sort();
      const claimed = quantities(answer, 1_000).filter(({ value }) => Math.abs(value) > from);
      return {
        all: claimed.length,
        missing: claimed.filter((one) => !occurs(one, given)).map((one) => one.text),
      };
    }),
});

/** Whether a number within the tolerance is among the sorted ones, also as percent of it or the reverse. */
function occurs({ value, tolerance }: Quantity, sorted: Float64Array): boolean {
  return [1, 100, 0.01, 1_000, 0.001, 1e6, 1e-6].some((scale) => {
    const [low, high] = [(value - tolerance) * scale, (value + tolerance) * scale];
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (sorted[middle]! < low * (1 - 1e-9)) from = middle + 1;
      else to = middle;
    }
    return from < sorted.length && sorted[from]! <= high * (1 + 1e-9);
  });
}
