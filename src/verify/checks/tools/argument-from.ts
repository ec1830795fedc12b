import * as z from 'zod';
import type { Json } from '../../../contract/json.ts';
import type { Trace } from '../../../contract/trace.ts';
import { leavesOf } from '../../../detect/ask.ts';
import { parseJson } from '../../../text/json.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';
import { type Call, callsOf, quoteCall, toolName } from './call-params.ts';
import { hasWord } from './has-word.ts';

export const argumentFrom = defineCheck({
  id: 'argument_from',
  passes:
    'The tool was called, each time with a value in the argument that an earlier result of the other tool holds.',
  params: z.strictObject({
    tool: toolName,
    argument: z.string().min(1).describe('its name; nested ones by dots'),
    from: toolName.describe('the tool whose result the value must come from'),
    field: z
      .string()
      .min(1)
      .optional()
      .describe('the field of the result; default: anywhere in it'),
    orRequest: z
      .boolean()
      .default(false)
      .describe('a value that the user wrote before the call counts too'),
    calls: z
      .enum(['last', 'all'])
      .default('all')
      .describe(
        'calls that must keep it: a mistake that was corrected counts unless only the last is asked for',
      ),
  }),
  measure: null,
  source: 'equality of the value, as text, with a scalar of the result or a part of its text',
  example: { tool: 'refund_order', argument: 'order_id', from: 'list_orders', field: 'order_id' },
  ask: (subject, { tool, argument, from, field, orRequest, calls }) => {
    const made = callsOf(subject, tool);
    if (made.length === 0) return fail(`${tool} was not called`);
    const asked = calls === 'last' ? made.slice(-1) : made;
    const unread = asked.filter(
      (site) =>
        argumentText(site, argument) === undefined && typeof site.call.arguments === 'string',
    );
    if (unread.length === asked.length)
      return cannotTell(`the arguments of ${tool} were recorded as text`);
    const results = callsOf(subject, from);
    const isGood = (site: Call): boolean => {
      const value = argumentText(site, argument);
      if (value === undefined) return false;
      if (orRequest && isRequested(subject.trace, site, value)) return true;
      return results.some((source) => isBefore(source, site) && holds(source, value, field));
    };
    const wrong = asked.filter((site) => !isGood(site));
    if (wrong.length === 0)
      return pass(
        `${argument} of ${tool} comes from ${from}`,
        asked.map((site) => quoteCall(subject, site)),
      );
    const missing = results.length === 0 ? `, which was not called` : '';
    return fail(
      `${argument} of ${tool} does not come from ${from}${missing}`,
      wrong.map((site) => quoteCall(subject, site)),
    );
  },
});

/** The value of an argument as text. */
function argumentText({ leaves }: Call, argument: string): string | undefined {
  const leaf = leaves.find(
    ({ path }) => path.filter((part) => typeof part === 'string').join('.') === argument,
  );
  return leaf === undefined || leaf.value === null || leaf.value === ''
    ? undefined
    : String(leaf.value);
}

/** Whether a message of the user before the call holds the value as a whole word. */
const isRequested = ({ messages, input }: Trace, { at, path }: Call, value: string): boolean =>
  path.startsWith('/messages/')
    ? messages.slice(0, at).some(({ role, content }) => role === 'user' && hasWord(content, value))
    : hasWord(input, value);

/** The result came before the call was made. Calls of one message are made together. */
const isBefore = (source: Call, site: Call): boolean => source !== site && source.at < site.at;

/** Whether a result holds the value: as a scalar, of the field where one is asked for, or as a whole word of its text. */
function holds({ result }: Call, value: string, field: string | undefined): boolean {
  if (result === null || result.isError) return false;
  const parsed = parseJson(result.text);
  if (parsed === undefined || typeof parsed !== 'object' || parsed === null)
    return field === undefined && hasWord(result.text, value);
  return leavesOf(parsed as Json).some(
    ({ path, value: each }) =>
      String(each) === value &&
      (field === undefined || path.findLast((part) => typeof part === 'string') === field),
  );
}
