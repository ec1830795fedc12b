import * as z from 'zod';
import { latency as latencyOf } from '../../../trace/latency.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, passIf } from '../outcome.ts';

export const latency = defineCheck({
  id: 'latency',
  passes: 'The run took at most so long.',
  params: z.strictObject({ most: z.number().min(0).describe('ms') }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'from the first start to the last end of the trace',
  example: { most: 4000 },
  ask: ({ trace }, { most }) => {
    const value = latencyOf(trace);
    return value === null
      ? cannotTell('no start or end was recorded')
      : passIf(value <= most, `${value} ms, ${most} allowed`, [], value);
  },
});
