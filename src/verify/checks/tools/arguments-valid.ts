import * as z from 'zod';
import { violationText } from '../../../detect/ask.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';
import { quoteCall } from './call-params.ts';

export const argumentsValid = defineCheck({
  id: 'arguments_valid',
  passes: 'The arguments of every call keep the schema of the tool.',
  params: z.strictObject({}),
  measure: null,
  source: 'JSON Schema 2020-12 of the offered tools, in bounded time',
  example: {},
  ask: (subject) => {
    const { calls } = subject.run;
    const known = calls.filter(
      ({ tool, isUncheckable }) => tool?.parameters != null && !isUncheckable,
    );
    if (known.length === 0)
      return calls.length === 0
        ? pass('no tool was called')
        : cannotTell('no schema of a called tool was recorded, or it cannot be checked');
    const broken = known.filter(({ violations }) => violations.length > 0);
    const [first] = broken;
    return first === undefined
      ? pass(`${known.length} calls keep their schemas`)
      : fail(
          `${first.call.name}: ${violationText(first.violations[0]!)}`,
          broken.map((site) => quoteCall(subject, site)),
        );
  },
});
