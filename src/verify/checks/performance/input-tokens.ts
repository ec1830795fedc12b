import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { cannotTell, passIf } from '../outcome.ts';

export const inputTokens = defineCheck({
  id: 'input_tokens',
  passes: 'The model calls read at most so many tokens.',
  params: z.strictObject({ most: z.number().min(0).describe('tokens') }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'usage of the model calls as recorded, cached ones included',
  example: { most: 6000 },
  ask: ({ trace }, { most }) => {
    const value = trace.usage.inputTokens;
    return value === null
      ? cannotTell('no usage was recorded')
      : passIf(value <= most, `${value} tokens, ${most} allowed`, [], value);
  },
});
