import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';

export const runSucceeded = defineCheck({
  id: 'run_succeeded',
  passes: 'The run did not end in an error.',
  params: z.strictObject({}),
  measure: null,
  source: 'status of the trace as recorded (OpenTelemetry: status of the root span)',
  example: {},
  ask: ({ trace, run }) => {
    if (trace.status !== 'error')
      return trace.status === 'ok' || trace.output !== ''
        ? pass('the run did not fail')
        : cannotTell('no status was recorded');
    const message = trace.error?.message ?? '';
    return fail(`the run failed: ${trace.error?.type ?? 'error'}`, [
      message === '' ? null : run.quote('/error/message', message, trace.error?.spanId ?? null),
    ]);
  },
});
