import * as z from 'zod';
import { toolSteps } from '../../../trace/steps.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';
import { quoteCall, shownPath, toolName } from './call-params.ts';

export const samePath = defineCheck({
  id: 'same_path',
  passes:
    'The tools were called exactly in this sequence; where not, the first call that diverges is named.',
  params: z.strictObject({
    tools: z.array(toolName).optional().describe('default: the calls of the recorded trace'),
  }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'higher' },
  source: 'position of the first different name; the measure is the number of calls before it',
  example: { tools: ['find_customer', 'list_orders', 'refund_order'] },
  ask: (subject, { tools }) => {
    const wanted =
      tools ??
      (subject.recorded === null ? null : toolSteps(subject.recorded).map(({ tool }) => tool));
    if (wanted === null) return cannotTell('there is no path to compare with: give tools');
    const made = subject.run.calls;
    const names = made.map(({ call }) => call.name);
    const longest = Math.max(names.length, wanted.length);
    let at = 0;
    while (at < longest && names[at] === wanted[at]) at += 1;
    if (at === longest) return pass(`the path is ${shownPath(names)}`, [], at);
    const site = made[at];
    return fail(
      `call ${at + 1} is ${names[at] ?? 'missing'}, expected ${wanted[at] ?? 'no more'}`,
      site === undefined ? [] : [quoteCall(subject, site)],
      at,
    );
  },
});
