import * as z from 'zod';
import type { Json } from '../../../contract/json.ts';
import type { Evidence } from '../../../contract/signal.ts';
import type { Trace } from '../../../contract/trace.ts';
import { leavesOf } from '../../../detect/ask.ts';
import { parseJson } from '../../../text/json.ts';
import { type CheckSubject, defineCheck } from '../define.ts';
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
    const results = callsOf(subject, from).map(readResult);
    const budget = { left: MOST_CHARACTERS };
    const isGood = (site: Call): boolean => {
      const value = argumentText(site, argument);
      if (value === undefined) return false;
      if (orRequest && isRequested(subject.trace, site, value)) return true;
      return results.some((source) => source.at < site.at && holds(source, value, field, budget));
    };
    const quoted = (site: Call): Evidence | null => quoteArgument(subject, site, argument);
    const wrong = asked.filter((site) => !isGood(site));
    if (budget.left < 0) return cannotTell('the results are too long to compare all calls with');
    if (wrong.length === 0)
      return pass(`${argument} of ${tool} comes from ${from}`, asked.map(quoted));
    const missing = results.length === 0 ? `, which was not called` : '';
    return fail(`${argument} of ${tool} does not come from ${from}${missing}`, wrong.map(quoted));
  },
});

const leafOf = ({ leaves }: Call, argument: string): Call['leaves'][number] | undefined =>
  leaves.find(({ path }) => path.filter((part) => typeof part === 'string').join('.') === argument);

/** The argument itself, or the call where it has none. */
function quoteArgument(subject: CheckSubject, site: Call, argument: string): Evidence | null {
  const leaf = leafOf(site, argument);
  const value = argumentText(site, argument);
  const keys = leaf?.path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'));
  return (
    (keys === undefined || value === undefined
      ? null
      : subject.run.quote(`${site.path}/arguments/${keys.join('/')}`, value, site.spanId)) ??
    quoteCall(subject, site)
  );
}

/** The value of an argument as text. */
function argumentText(site: Call, argument: string): string | undefined {
  const leaf = leafOf(site, argument);
  return leaf === undefined || leaf.value === null || leaf.value === ''
    ? undefined
    : String(leaf.value);
}

/** Whether a message of the user before the call holds the value as a whole word. */
const isRequested = ({ messages, input }: Trace, { at, path }: Call, value: string): boolean =>
  path.startsWith('/messages/')
    ? messages.slice(0, at).some(({ role, content }) => role === 'user' && hasWord(content, value))
    : hasWord(input, value);

/** Characters of plain results that all calls together are compared with. */
const MOST_CHARACTERS = 20_000_000;

/** What a result holds, read once. */
interface ReadResult {
  readonly at: number;
  /** Scalars, and scalars with their field before them; null for a result that is plain text. */
  readonly values: ReadonlySet<string> | null;
  readonly text: string;
}

/** Calls of one message are made together, so a result counts from the next message on. */
function readResult({ at, result }: Call): ReadResult {
  const text = result === null || result.isError ? '' : result.text;
  const parsed = parseJson(text);
  if (typeof parsed !== 'object' || parsed === null) return { at, values: null, text };
  const values = new Set<string>();
  for (const { path, value } of leavesOf(parsed as Json)) {
    values.add(String(value));
    values.add(`${path.findLast((part) => typeof part === 'string')}\n${value}`);
  }
  return { at, values, text };
}

/** Whether a result holds the value: as a scalar, of the field where one is asked for, or as a whole word of its text. */
function holds(
  { values, text }: ReadResult,
  value: string,
  field: string | undefined,
  budget: { left: number },
): boolean {
  if (values !== null) return values.has(field === undefined ? value : `${field}\n${value}`);
  budget.left -= text.length;
  return field === undefined && budget.left >= 0 && hasWord(text, value);
}
