import * as z from 'zod';
import type { CheckOutcome } from '../../../contract/check-use.ts';
import { evidenceSchema } from '../../../contract/signal.ts';
import type { Run } from '../../../detect/run/run.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass, passIf } from '../outcome.ts';

const answer = z.union([
  z.boolean(),
  z.strictObject({
    verdict: z.enum(['pass', 'fail', 'cannot_tell']),
    reason: z.string().default(''),
    value: z.number().optional(),
    evidence: z.array(evidenceSchema.unwrap().pick({ path: true, quote: true })).default([]),
  }),
]);

export const scriptParams = z.strictObject({
  file: z
    .string()
    .min(1)
    .describe(
      'a module whose default export is `(trace, params) => true | false | { verdict, reason, evidence }`',
    ),
  params: z.record(z.string(), z.json()).default({}).describe('handed to the function'),
});

export const script = defineCheck({
  id: 'script',
  passes: 'A function of your own says so.',
  params: scriptParams,
  measure: null,
  source:
    'your module, run with the rights of this process; quotes that are not in the trace are dropped',
  example: { file: './checks/my-check.ts', params: { limit: 3 } },
  ask: async ({ trace, run, services }, { file, params }) => {
    if (services.script === null) return cannotTell('modules cannot be loaded here');
    const asked = await services.script(file);
    return scriptOutcome(file, await asked(trace, params), run);
  },
});

/** What a function returned, its quotes looked up; anything else cannot be told. */
export function scriptOutcome(file: string, returned: unknown, run: Run): CheckOutcome {
  const { data, error } = answer.safeParse(returned);
  if (data === undefined)
    return cannotTell(
      `${file} returned neither a boolean nor { verdict, reason }: ${error.issues[0]?.message}`,
    );
  if (typeof data === 'boolean') return passIf(data, `${file} says ${data ? 'pass' : 'fail'}`);
  const reason = data.reason || `${file} says ${data.verdict}`;
  const quotes = data.evidence.map(({ path, quote }) => run.quote(path, quote));
  if (data.verdict === 'cannot_tell') return cannotTell(reason);
  return (data.verdict === 'pass' ? pass : fail)(reason, quotes, data.value ?? null);
}
