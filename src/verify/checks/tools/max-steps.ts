import * as z from 'zod';
import { steps } from '../../../trace/steps.ts';
import { defineCheck } from '../define.ts';
import { passIf } from '../outcome.ts';

const STEPS: ReadonlySet<string> = new Set(['assistant', 'tool', 'model']);

export const maxSteps = defineCheck({
  id: 'max_steps',
  passes: 'The run took at most so many model and tool steps.',
  params: z.strictObject({ most: z.int().min(1) }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'messages of the assistant without calls, and calls; of spans, models and tools',
  example: { most: 12 },
  ask: ({ trace }, { most }) => {
    const taken = steps(trace).filter(
      ({ kind, call }) => STEPS.has(kind) && (kind !== 'tool' || call !== null),
    ).length;
    return passIf(taken <= most, `${taken} steps, ${most} allowed`, [], taken);
  },
});
