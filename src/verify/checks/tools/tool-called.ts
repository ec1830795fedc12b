import * as z from 'zod';
import type { JsonObject } from '../../../contract/json.ts';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';
import {
  callsOf,
  hasArguments,
  quoteCall,
  shownArguments,
  someArguments,
  toolName,
} from './call-params.ts';

export const toolCalled = defineCheck({
  id: 'tool_called',
  passes: 'The tool was called, with the arguments where some are given.',
  params: z.strictObject({
    tool: toolName,
    arguments: someArguments.optional(),
    times: z.int().min(1).default(1).describe('at least so often'),
  }),
  measure: null,
  source: 'calls of the messages, else of the spans',
  example: { tool: 'refund_order', arguments: { order_id: 'A-1001' } },
  ask: (subject, { tool, arguments: wanted, times }) => {
    const made = callsOf(subject, tool);
    const matching = made.filter(
      ({ call }) => wanted === undefined || hasArguments(call.arguments, wanted as JsonObject),
    );
    if (matching.length >= times)
      return pass(
        `${tool} was called ${matching.length} times as expected`,
        matching.map((site) => quoteCall(subject, site)),
      );
    const how = wanted === undefined || made.length === 0 ? '' : ` with ${shownArguments(wanted)}`;
    return fail(
      `${tool} was called ${matching.length} times${how}, expected ${times}`,
      made.map((site) => quoteCall(subject, site)),
    );
  },
});
