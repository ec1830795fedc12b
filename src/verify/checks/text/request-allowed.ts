import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';

export const requestAllowed = defineCheck({
  id: 'request_allowed',
  passes: 'The request falls under no category that the policy forbids.',
  params: z.strictObject({
    only: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('ids of categories; default: all of the policy'),
  }),
  measure: null,
  source: 'the policy of detection (docs/detectors.md): words and phrases, verbs with targets',
  example: { only: ['weapons', 'drugs'] },
  ask: ({ run }, { only }) => {
    const text = run.input === '' ? run.output : run.input;
    const path = run.input === '' ? '/output' : '/input';
    const hit = run.policy.match(text);
    if (hit === null || (only !== undefined && !only.includes(hit.category)))
      return pass('the request falls under no forbidden category');
    return fail(`the request falls under ${hit.category}`, [run.quote(path, text.slice(0, 200))]);
  },
});
