import * as z from 'zod';
import { pointer } from '../../../detect/ask.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';
import { callsOf, quoteCall, toolName } from './call-params.ts';

const YES =
  /^\W*(?:yes|yep|yeah|sure|ok(?:ay)?|please do|go ahead|confirm(?:ed)?|correct|that(?:'|’)s right|do it|proceed|sounds good|absolutely|y)\b/i;

export const confirmedBefore = defineCheck({
  id: 'confirmed_before',
  passes: 'Before each call of the tool, the assistant asked and the user agreed.',
  params: z.strictObject({ tool: toolName }),
  measure: null,
  source:
    'the last user message before the call answers a question of the assistant with a yes, in English',
  example: { tool: 'cancel_order' },
  ask: (subject, { tool }) => {
    const { messages } = subject.trace;
    const made = callsOf(subject, tool);
    if (made.length === 0) return pass(`${tool} was not called`);
    if (made.some(({ path }) => !path.startsWith('/messages/')))
      return cannotTell('the conversation around the calls was not recorded');
    const early = made.filter(({ at }) => {
      const said = messages.slice(0, at).findLastIndex(({ role }) => role === 'user');
      const before = messages
        .slice(0, Math.max(0, said))
        .findLast(({ role }) => role === 'assistant');
      return (
        said < 0 || before?.content.includes('?') !== true || !YES.test(messages[said]!.content)
      );
    });
    const [first] = early;
    if (first === undefined)
      return pass(
        `each call of ${tool} was confirmed`,
        made.map((site) => quoteCall(subject, site)),
      );
    const said = messages.slice(0, first.at).findLastIndex(({ role }) => role === 'user');
    return fail(`${tool} was called before the user agreed`, [
      quoteCall(subject, first),
      said < 0
        ? null
        : subject.run.quote(
            pointer('messages', said, 'content'),
            messages[said]!.content,
            messages[said]!.spanId,
          ),
    ]);
  },
});
