import * as z from 'zod';
import { sentences } from '../../../text/sentences.ts';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';

const SHORTEST = 20;

export const repetition = defineCheck({
  id: 'repetition',
  passes:
    'No sentence of the answer, of 20 characters or more, comes again more often than allowed.',
  params: z.strictObject({
    most: z.int().min(1).default(1).describe('times one sentence may occur'),
  }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'count of equal sentences, case and white space aside',
  example: { most: 1 },
  ask: (subject, { most }) =>
    withAnswer(subject, (answer) => {
      const counts = new Map<string, { text: string; count: number }>();
      for (const { text } of sentences(answer, 5_000)) {
        const key = text.toLowerCase().replaceAll(/\s+/g, ' ').trim();
        if (key.length < SHORTEST) continue;
        const known = counts.get(key) ?? { text, count: 0 };
        counts.set(key, { ...known, count: known.count + 1 });
      }
      const worst = [...counts.values()].reduce(
        (high, each) => (each.count > high.count ? each : high),
        { text: '', count: Math.min(1, counts.size) },
      );
      return worst.count > most
        ? fail(
            `a sentence occurs ${worst.count} times`,
            [quoteAnswer(subject, worst.text)],
            worst.count,
          )
        : pass('no sentence comes again', [], worst.count);
    }),
});
