import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { cannotTell, passIf } from '../outcome.ts';

export const outputTokens = defineCheck({
  id: 'output_tokens',
  passes: 'The model calls wrote at most so many tokens.',
  params: z.strictObject({ most: z.number().min(0).describe('tokens') }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'usage of the model calls as recorded, reasoning included',
  example: { most: 800 },
  ask: ({ trace }, { most }) => {
    const value = trace.usage.outputTokens;
    return value === null
      ? cannotTell('no usage was recorded')
      : passIf(value <= most, `${value} tokens, ${most} allowed`, [], value);
  },
});
