import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';

export const finishReason = defineCheck({
  id: 'finish_reason',
  passes: 'The last model call stopped for an allowed reason.',
  params: z.strictObject({ allowed: z.array(z.string().min(1)).min(1).default(['stop']) }),
  measure: null,
  source:
    'finish reason as recorded: stop, length, tool_call, content_filter, error, or the vendor’s word',
  example: { allowed: ['stop'] },
  ask: ({ trace, run }, { allowed }) => {
    const index = trace.spans.findLastIndex(({ finishReason: reason }) => reason !== null);
    const reason = trace.spans[index]?.finishReason ?? null;
    if (reason === null) return cannotTell('no finish reason was recorded');
    const quotes = [run.quote(`/spans/${index}/finishReason`, reason, trace.spans[index]!.id)];
    return allowed.includes(reason)
      ? pass(`stopped by ${reason}`, quotes)
      : fail(`stopped by ${reason}`, quotes);
  },
});
