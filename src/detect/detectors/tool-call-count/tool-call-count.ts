import type { Statement } from '../../../contract/signal.ts';
import { statement, tool as toolName } from '../../../text/statement.ts';
import { isStopWord } from '../../../text/stop-words.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import type { Finding } from '../../finding.ts';
import { argumentQuote } from '../../run/argument-quote.ts';
import type { CallSite } from '../../run/calls.ts';
import { enumerationsIn } from '../../run/enumeration.ts';
import type { Request } from '../../run/request.ts';
import type { NumberInText } from '../../run/request-numbers.ts';
import type { Run } from '../../run/run.ts';
import { fitOf } from '../../run/tool-fit.ts';
import { missingSecondCall } from './missing-second-call.ts';
import { unusedNames } from './names.ts';
import { taskMarkers } from './task-markers.ts';

const NO_ROUND = inconclusive('no round of tool calls for one request recorded');

/** The request asks for several things, and fewer or more calls were made. */
export const toolCallCount = defineDetector({
  id: 'tool_call_count',
  tier: 'likely',
  finds:
    'fewer or more calls than things requested: the rest of a list, one of several tasks, a tool that the request names; the same call twice',
  category: {
    name: 'Wrong number of tool calls',
    definition: 'Each item asked for is handled by one call.',
    severity: 3,
    layer: 'prompt',
    fixCost: 2,
    example: '`get_weather` was called for one of the two cities in the request.',
  },
  detect(run) {
    const request = run.tools.length === 0 ? null : run.request;
    if (request === null) return NO_ROUND;
    return sameCallTwice(run) ?? tooFewCalls(run, request);
  },
});

/** The same call twice in one round cannot bring anything new. */
function sameCallTwice(run: Run): Finding | null {
  if (run.calls.length < 2) return null;
  const seen = new Map<string, CallSite>();
  for (const site of run.calls) {
    const { name } = site.call;
    const key = `${name} ${JSON.stringify(site.call.arguments)}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, site);
      continue;
    }
    return run.finding({
      cause: ['same call twice', name],
      statement: statement`${toolName(name)} was called twice in one round with the same arguments`,
      confidence: 0.8,
      spanId: site.spanId,
      evidence: [first, site].map(({ path }) => run.quote(`${path}/name`, name, site.spanId)),
    });
  }
  return null;
}

/** A call was made, and the request gives the values of another one. */
function tooFewCalls(run: Run, request: Request): Finding | null {
  const [site, ...more] = request.calls;
  if (site === undefined) return null;
  if (request.calls.some(({ tool, violations }) => tool === null || violations.length > 0)) {
    return null;
  }
  const answered = site.result === null ? '' : run.output;
  const unused = request.unused.filter(({ text }) => /\d/.test(text) && !answered.includes(text));
  const numbers = unused.map(({ text }) => text);
  const names = unusedNames(request).filter((name) => !answered.includes(name));
  const reason =
    namedTool(run, request) ??
    uncalledTool(run, request, [...numbers, ...names]) ??
    restOfList(request, answered) ??
    severalTasks(request) ??
    (more.length > 0 ? null : secondCall(site, request, unused, names));
  if (reason === null) return null;
  return run.finding({
    cause: [reason.kind],
    statement: reason.statement,
    confidence: 0.6,
    spanId: site.spanId,
    evidence: [
      argumentQuote(run, site),
      ...reason.shown.slice(0, 3).map((text) => run.quote(request.path, text, request.spanId)),
    ],
  });
}

interface Reason {
  readonly kind: string;
  readonly statement: Statement;
  /** Words of the request that ask for the missing call. */
  readonly shown: readonly string[];
}

/** An offered tool that the request describes, with unused values for it. */
function uncalledTool(run: Run, request: Request, unused: readonly string[]): Reason | null {
  if (unused.length === 0) return null;
  const called = new Set(request.calls.map((site) => site.tool));
  const tool = run.tools.find((offered) => {
    if (called.has(offered)) return false;
    const fit = fitOf(request.stems, run.toolStems(offered));
    return fit.name >= 0.99 && fit.description >= 0.3;
  });
  if (tool === undefined) return null;
  return {
    kind: 'tool never called',
    statement: statement`${toolName(tool.name)} was never called, although the request asks for it too`,
    shown: unused,
  };
}

/** An offered tool that the request calls by its name. */
function namedTool(run: Run, request: Request): Reason | null {
  const called = new Set(request.calls.map((site) => site.tool));
  const tool = run.tools.find(
    (offered) =>
      !called.has(offered) &&
      /[._]|[a-z][A-Z]/.test(offered.name) &&
      hasName(request.text, offered.name),
  );
  if (tool === undefined) return null;
  return {
    kind: 'tool never called',
    statement: statement`${toolName(tool.name)} was never called, although the request names it`,
    shown: [tool.name],
  };
}

const hasName = (text: string, name: string): boolean => {
  const at = text.indexOf(name);
  return (
    at !== -1 &&
    !/[\w.]/.test(text[at - 1] ?? '') &&
    !/\w/.test(text[at + name.length] ?? '') &&
    !UNWANTED.test(text.slice(Math.max(0, at - 40), at))
  );
};

const UNWANTED =
  /\b(?:not|don't|never|without|avoid|instead of|rather than|unless|if)\b[^.\n]{0,30}$/i;

/** "First … Second … Lastly …", and one call for all of it. */
function severalTasks(request: Request): Reason | null {
  const [site, ...more] = request.calls;
  if (site === undefined || more.length > 0 || site.result !== null) return null;
  const markers = taskMarkers(request.text);
  if (markers === null) return null;
  return {
    kind: 'several tasks',
    statement: statement`${toolName(site.call.name)} was the only call, although the request lists several tasks`,
    shown: markers,
  };
}

/** An enumeration of which some items are arguments, each on its own, and others are nowhere. */
function restOfList(request: Request, answered: string): Reason | null {
  const values = request.calls.flatMap(({ leaves }) => leaves);
  const alone = new Set(
    values.flatMap(({ value, path }) =>
      typeof value === 'string' && typeof path.at(-1) === 'string' ? [value.toLowerCase()] : [],
    ),
  );
  const all = values.map(({ value }) => String(value).toLowerCase()).join(' ');
  for (const items of enumerationsIn(request.text)) {
    const first = items.findIndex((item) => item.length > 2 && alone.has(item.toLowerCase()));
    const left = items
      .slice(first + 1)
      .filter((item) => item.length > 2 && !isStopWord(item))
      .filter((item) => !all.includes(item.toLowerCase()) && !answered.includes(item));
    const [site] = request.calls;
    if (first === -1 || left.length === 0 || site === undefined) continue;
    return {
      kind: 'one of several',
      statement: statement`${toolName(site.call.name)} was called for only some of the items in the request`,
      shown: left,
    };
  }
  return null;
}

/** The request gives the values of the call a second time. */
function secondCall(
  site: CallSite,
  request: Request,
  unused: readonly NumberInText[],
  names: readonly string[],
): Reason | null {
  const shown = missingSecondCall(site, request, unused, names);
  if (shown === null) return null;
  return {
    kind: shown.some((value) => names.includes(value)) ? 'one of several' : 'second set of values',
    statement: statement`${toolName(site.call.name)} was called once, although the request gives values for more calls`,
    shown,
  };
}
