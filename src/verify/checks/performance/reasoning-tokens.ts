import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { cannotTell, passIf } from '../outcome.ts';

export const reasoningTokens = defineCheck({
  id: 'reasoning_tokens',
  passes: 'The model calls thought for at most so many tokens.',
  params: z.strictObject({ most: z.number().min(0).describe('tokens') }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'usage of the model calls as recorded',
  example: { most: 2000 },
  ask: ({ trace }, { most }) => {
    const value = trace.usage.reasoningTokens;
    return value === null
      ? cannotTell('no reasoning tokens were recorded')
      : passIf(value <= most, `${value} tokens, ${most} allowed`, [], value);
  },
});
