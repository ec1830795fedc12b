import * as z from 'zod';
import { askJudge } from '../../../detect/ask.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';

export const judgeParams = z.strictObject({
  failure: z.string().min(1).max(1_000).describe('the failure to look for, as one sentence'),
});

export const judge = defineCheck({
  id: 'judge',
  passes: 'A model finds that the failure does not occur.',
  params: judgeParams,
  measure: null,
  source:
    'binary answer of a model; a finding counts only when its quote is in the trace word for word',
  example: { failure: 'The answer promises a refund without calling refund_order.' },
  ask: async ({ trace, services }, { failure }) => {
    if (services.judge === null)
      return cannotTell('no model was named to judge by: --judge openai:<model>');
    const { verdict, reason, evidence } = await askJudge(trace, failure, services.judge);
    if (verdict === 'unknown') return cannotTell(reason);
    return verdict === 'yes'
      ? fail(failure, evidence)
      : pass(`the judge does not find: ${failure}`);
  },
});
