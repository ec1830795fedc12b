import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { cannotTell, passIf } from '../outcome.ts';
import { callsOf, toolName } from './call-params.ts';

export const toolErrors = defineCheck({
  id: 'tool_errors',
  passes: 'At most so many calls came back with an error.',
  params: z.strictObject({
    tool: toolName.optional().describe('default: all tools'),
    most: z.int().min(0).default(0),
  }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'the recorder’s mark, else the form of the result',
  example: { most: 0 },
  ask: (subject, { tool, most }) => {
    const made = tool === undefined ? subject.run.calls : callsOf(subject, tool);
    if (made.length > 0 && made.every(({ result }) => result === null))
      return cannotTell('no result of a tool was recorded');
    const failed = made.flatMap(({ result, spanId }) =>
      result?.isError ? [{ result, spanId }] : [],
    );
    return passIf(
      failed.length <= most,
      `${failed.length} of ${made.length} calls failed, ${most} allowed`,
      failed.map(({ result, spanId }) => subject.run.quote(result.path, result.text, spanId)),
      failed.length,
    );
  },
});
