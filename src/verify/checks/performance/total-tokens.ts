import * as z from 'zod';
import { tokens } from '../../../trace/tokens.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, passIf } from '../outcome.ts';

export const totalTokens = defineCheck({
  id: 'total_tokens',
  passes: 'The run took at most so many tokens, input and output together.',
  params: z.strictObject({ most: z.number().min(0).describe('tokens') }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'usage of the model calls as recorded',
  example: { most: 8000 },
  ask: ({ trace }, { most }) => {
    const value = tokens(trace);
    return value === null
      ? cannotTell('no usage was recorded')
      : passIf(value <= most, `${value} tokens, ${most} allowed`, [], value);
  },
});
