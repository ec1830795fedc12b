import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { passIf } from '../outcome.ts';
import { callsOf, quoteCall, toolName } from './call-params.ts';

export const toolCallLimit = defineCheck({
  id: 'tool_call_limit',
  passes: 'The tool, or all tools together, were called at most so often.',
  params: z.strictObject({
    tool: toolName.optional().describe('default: all tools'),
    most: z.int().min(0),
  }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'calls of the messages, else of the spans',
  example: { tool: 'web_search', most: 5 },
  ask: (subject, { tool, most }) => {
    const made = tool === undefined ? subject.run.calls : callsOf(subject, tool);
    return passIf(
      made.length <= most,
      `${tool ?? 'tools'} called ${made.length} times, ${most} allowed`,
      made.slice(most).map((site) => quoteCall(subject, site)),
      made.length,
    );
  },
});
