import type { ToolDefinition } from '../../../contract/trace.ts';
import { isList, isRecord } from '../../../text/json.ts';
import type { CallSite } from '../../run/calls.ts';
import type { Request } from '../../run/request.ts';
import type { Run } from '../../run/run.ts';
import { countShared } from '../../run/tool-fit.ts';

/** An offered tool never called that takes exactly the arguments of a call that its own tool does not take; null when none does. */
export function takerOf(run: Run, { call, tool }: CallSite): ToolDefinition | null {
  const given = call.arguments;
  if (tool === null || !isRecord(given)) return null;
  const names = Object.keys(given);
  if (names.every((name) => takes(tool, name))) return null;
  const called = new Set(run.calls.map((site) => site.tool));
  return (
    run.tools.find(
      (other) =>
        !called.has(other) &&
        names.every((name) => takes(other, name)) &&
        requiredOf(other).every((name) => Object.hasOwn(given, name)),
    ) ?? null
  );
}

/** An uncalled tool that shares three words or more with the request where the called one, their common words aside, shares none. */
export function closerTool(run: Run, site: CallSite, request: Request): ToolDefinition | null {
  const { tool } = site;
  if (tool === null || site.result !== null || run.tools.length < 2) return null;
  const own = allStems(run, tool);
  const called = new Set(request.calls.map((other) => other.tool));
  return (
    run.tools.slice(0, MOST_TOOLS).find((other) => {
      if (called.has(other)) return false;
      const theirs = allStems(run, other);
      return (
        countShared(without(theirs, own), request.stems) >= 3 &&
        countShared(without(own, theirs), request.stems) === 0
      );
    }) ?? null
  );
}

const MOST_TOOLS = 50;

const allStems = (run: Run, tool: ToolDefinition): ReadonlySet<string> => {
  const { name, description } = run.toolStems(tool);
  return new Set([...name, ...description]);
};

const without = (words: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...words].filter((word) => !others.has(word)));

const takes = ({ parameters }: ToolDefinition, name: string): boolean => {
  const properties = parameters?.['properties'];
  return isRecord(properties) && Object.hasOwn(properties, name);
};

/** Names of the arguments that a tool requires. */
export const requiredOf = ({ parameters }: ToolDefinition): readonly string[] => {
  const required = parameters?.['required'];
  return isList(required) ? required.filter((name) => typeof name === 'string') : [];
};
