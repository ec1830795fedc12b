import * as z from 'zod';
import { toolSteps } from '../../../trace/steps.ts';
import { defineCheck } from '../define.ts';
import { bounded, cannotTell, within } from '../outcome.ts';

export const stepEfficiency = defineCheck({
  id: 'step_efficiency',
  passes: 'The run needed few enough calls, compared with the fewest that do.',
  params: bounded({
    fewest: z
      .int()
      .min(1)
      .optional()
      .describe('calls that are enough; default: those of the recorded trace'),
  }),
  measure: { range: [0, 1], better: 'higher' },
  source: 'calls that are enough ÷ calls made, at most 1',
  example: { fewest: 3, min: 0.6 },
  ask: ({ run, recorded }, { fewest, ...limits }) => {
    const enough = fewest ?? (recorded === null ? 0 : toolSteps(recorded).length);
    if (enough === 0) return cannotTell('nothing says how many calls are enough: give fewest');
    if (run.calls.length === 0) return within(0, limits, 'no tool was called; the efficiency is');
    return within(Math.min(1, enough / run.calls.length), limits, 'the efficiency is');
  },
});
