import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';
import { quoteCall, shownPath, toolName } from './call-params.ts';

export const toolOrder = defineCheck({
  id: 'tool_order',
  passes: 'The tools were called in this order; other calls may stand between them.',
  params: z.strictObject({ tools: z.array(toolName).min(2) }),
  measure: null,
  source: 'the expected names are a subsequence of the calls',
  example: { tools: ['list_orders', 'refund_order'] },
  ask: (subject, { tools }) => {
    let next = 0;
    const found = subject.run.calls.filter(({ call }) => {
      if (call.name !== tools[next]) return false;
      next += 1;
      return true;
    });
    const quotes = found.map((site) => quoteCall(subject, site));
    if (next === tools.length) return pass(`called in order: ${shownPath(tools)}`, quotes);
    const before = next === 0 ? '' : ` after ${tools[next - 1]}`;
    return fail(
      `${tools[next]} was not called${before}: ${shownPath(subject.run.calls.map(({ call }) => call.name))}`,
      quotes,
    );
  },
});
