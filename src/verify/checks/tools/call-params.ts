import * as z from 'zod';
import type { Json, JsonObject } from '../../../contract/json.ts';
import type { Evidence } from '../../../contract/signal.ts';
import { sameJson } from '../../../detect/ask.ts';
import type { Run } from '../../../detect/run/run.ts';
import { isRecord } from '../../../text/json.ts';
import type { CheckSubject } from '../define.ts';

export const toolName = z.string().min(1).max(200);

/** Arguments that a call must have; others may stand beside them. */
export const someArguments = z
  .record(z.string(), z.json())
  .describe('arguments that the call must have; others may stand beside them');

/** A tool call of the trace, with what came back. */
export type Call = Run['calls'][number];

/** Calls of a tool, in order. */
export const callsOf = ({ run }: CheckSubject, tool: string): readonly Call[] =>
  run.calls.filter(({ call }) => call.name === tool);

/** Whether a call has the arguments; nested values have to be equal. */
export function hasArguments(given: Json, wanted: JsonObject): boolean {
  if (!isRecord(given)) return false;
  return Object.entries(wanted).every(([name, value]) => {
    const found = Object.hasOwn(given, name) ? given[name] : undefined;
    return found !== undefined && value !== undefined && sameJson(found, value);
  });
}

/** The call, quoted by its arguments or its name. */
export const quoteCall = ({ run }: CheckSubject, { call, path, spanId }: Call): Evidence | null =>
  (typeof call.arguments === 'object' &&
  call.arguments !== null &&
  Object.keys(call.arguments).length === 0
    ? null
    : run.quote(
        `${path}/arguments`,
        typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
        spanId,
      )) ?? run.quote(`${path}/name`, call.name, spanId);

/** Arguments for a sentence, at most 200 characters. */
export const shownArguments = (value: unknown): string => JSON.stringify(value).slice(0, 200);

/** Names for a sentence. */
export const shownPath = (names: readonly string[]): string =>
  names.length === 0 ? 'no call' : names.slice(0, 12).join(' → ') + (names.length > 12 ? ' …' : '');
