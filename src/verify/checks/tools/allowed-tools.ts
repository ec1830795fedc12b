import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';
import { quoteCall, toolName } from './call-params.ts';

export const allowedTools = defineCheck({
  id: 'allowed_tools',
  passes: 'Only tools of the list were called.',
  params: z.strictObject({
    tools: z
      .array(toolName)
      .min(1)
      .max(1_000)
      .describe('names; `*` at the end stands for any rest'),
  }),
  measure: null,
  source: 'names of the calls of the messages, else of the spans',
  example: { tools: ['get_order', 'mcp__docs__*'] },
  ask: (subject, { tools }) => {
    const strange = subject.run.calls.filter(
      ({ call: { name } }) =>
        !tools.some((tool) =>
          tool.endsWith('*') ? name.startsWith(tool.slice(0, -1)) : name === tool,
        ),
    );
    return strange.length === 0
      ? pass('only tools of the list were called')
      : fail(
          `${strange[0]!.call.name} is not on the list`,
          strange.map((site) => quoteCall(subject, site)),
        );
  },
});
