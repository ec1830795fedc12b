import * as z from 'zod';
import { quoteAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';

export const answered = defineCheck({
  id: 'answered',
  passes: 'The run ends with an answer to the user, not on a call, a result or nothing.',
  params: z.strictObject({}),
  measure: null,
  source: 'the last message, and the answer as recorded',
  example: {},
  ask: (subject) => {
    const { trace } = subject;
    const last = trace.messages.at(-1);
    if (last !== undefined && (last.role === 'tool' || last.toolCalls.length > 0))
      return fail('the run ends on a tool', [
        subject.run.quote(
          `/messages/${trace.messages.length - 1}/content`,
          last.content,
          last.spanId,
        ),
      ]);
    if (trace.output.trim() !== '')
      return pass('the run ends with an answer', [quoteAnswer(subject)]);
    return trace.gaps.some(({ kind }) => kind === 'no_output')
      ? cannotTell('no answer was recorded')
      : fail('the answer is empty');
  },
});
