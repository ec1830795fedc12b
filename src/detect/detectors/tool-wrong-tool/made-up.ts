import { isRecord } from '../../../text/json.ts';
import type { CallSite } from '../../run/calls.ts';
import type { Request } from '../../run/request.ts';
import type { Run } from '../../run/run.ts';
import { requiredOf } from './better-tool.ts';

/**
 * A required argument that the call had to make up: a number where nothing before the call holds any,
 * or an empty text. Null when there is none, or when the tool gave a result.
 */
export function madeUpArgument(run: Run, site: CallSite, request: Request): string | null {
  const { tool, result, properties } = site;
  const given = site.call.arguments;
  if (tool === null || properties === null || !isRecord(given)) return null;
  if (result !== null && !result.isError) return null;
  const other = run.messages
    .slice(0, site.at)
    .filter(({ role }) => role !== 'assistant' && role !== 'user');
  const silent = request.numbers.length === 0 && !other.some(({ content }) => /\d/.test(content));
  return (
    requiredOf(tool).find((name) => {
      const value = given[name];
      if (value === '') return true;
      if (!silent || typeof value !== 'number' || FREE.test(name)) return false;
      return !JSON.stringify(properties[name] ?? {}).includes(String(value));
    }) ?? null
  );
}

/** Numbers that a caller may choose, or that the calendar gives. */
const FREE =
  /limit|max|min|top|count|size|page|offset|skip|num(?:ber)?_|_num|year|month|day|date|hour|time|precision|digits|version|seed/i;
