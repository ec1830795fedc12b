import * as z from 'zod';
import type { JsonObject } from '../../../contract/json.ts';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';
import { callsOf, hasArguments, quoteCall, someArguments, toolName } from './call-params.ts';

export const toolNotCalled = defineCheck({
  id: 'tool_not_called',
  passes: 'The tool was never called, or never with the arguments.',
  params: z.strictObject({ tool: toolName, arguments: someArguments.optional() }),
  measure: null,
  source: 'calls of the messages, else of the spans',
  example: { tool: 'delete_account' },
  ask: (subject, { tool, arguments: wanted }) => {
    const made = callsOf(subject, tool).filter(
      ({ call }) => wanted === undefined || hasArguments(call.arguments, wanted as JsonObject),
    );
    return made.length === 0
      ? pass(`${tool} was not called so`)
      : fail(
          `${tool} was called ${made.length} times`,
          made.map((site) => quoteCall(subject, site)),
        );
  },
});
