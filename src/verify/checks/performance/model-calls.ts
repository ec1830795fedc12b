import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { cannotTell, passIf } from '../outcome.ts';

export const modelCalls = defineCheck({
  id: 'model_calls',
  passes: 'The run called a model at most so often.',
  params: z.strictObject({ most: z.int().min(0) }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'model spans, else messages of the assistant',
  example: { most: 6 },
  ask: ({ trace }, { most }) => {
    const spans = trace.spans.filter(({ kind }) => kind === 'model').length;
    const calls =
      spans > 0 ? spans : trace.messages.filter(({ role }) => role === 'assistant').length;
    if (calls === 0) return cannotTell('no call of a model was recorded');
    return passIf(calls <= most, `${calls} calls of a model, ${most} allowed`, [], calls);
  },
});
