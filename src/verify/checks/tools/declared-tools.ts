import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';
import { quoteCall } from './call-params.ts';

export const declaredTools = defineCheck({
  id: 'declared_tools',
  passes: 'Every tool that was called was offered.',
  params: z.strictObject({}),
  measure: null,
  source: 'names of the offered tools; punctuation in names does not count',
  example: {},
  ask: (subject) => {
    const { calls, tools } = subject.run;
    if (calls.length === 0) return pass('no tool was called');
    if (tools.length === 0) return cannotTell('the offered tools were not recorded');
    const strange = calls.filter(({ tool }) => tool === null);
    return strange.length === 0
      ? pass('every called tool was offered')
      : fail(
          `${strange[0]!.call.name} was not offered`,
          strange.map((site) => quoteCall(subject, site)),
        );
  },
});
