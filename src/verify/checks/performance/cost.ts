import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { cannotTell, passIf } from '../outcome.ts';

export const cost = defineCheck({
  id: 'cost',
  passes: 'The run cost at most so much.',
  params: z.strictObject({ most: z.number().min(0).describe('US dollars') }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'cost of the model calls as recorded',
  example: { most: 0.02 },
  ask: ({ trace }, { most }) => {
    const value = trace.usage.cost;
    return value === null
      ? cannotTell('no cost was recorded')
      : passIf(value <= most, `${value} US dollars, ${most} allowed`, [], value);
  },
});
