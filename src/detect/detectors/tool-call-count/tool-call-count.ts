import type { Signal } from '../../../contract/signal.ts';
import type { Trace } from '../../../contract/trace.ts';
import { fingerprint } from '../../../text/mask.ts';
import { isStopWord } from '../../../text/stop-words.ts';
import type { Detector } from '../../detector.ts';
import { quote, textAt } from '../../evidence.ts';
import { type CallSite, callsOf } from '../../run/calls.ts';
import { enumerationsIn } from '../../run/enumeration.ts';
import { leavesOf } from '../../run/leaves.ts';
import { type Request, singleRequest } from '../../run/request.ts';
import type { NumberInText } from '../../run/request-numbers.ts';
import { argumentViolations } from '../../run/schema/arguments.ts';
import { fitOf } from '../../run/tool-fit.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';
import { saysYes } from '../../yes.ts';
import { secondSet } from './missing-second-call.ts';
import { unusedNames } from './names.ts';
import { taskMarkers } from './task-markers.ts';

const ID = 'tool_call_count';
const NO = saysNo(ID);
const NOTHING = saysUnknown(ID, 'no round of tool calls for one request recorded');

/** The request asks for several things, and fewer or more calls were made. */
export const toolCallCount: Detector = {
  id: ID,
  detect(trace) {
    const calls = callsOf(trace);
    const request = trace.tools.length === 0 ? null : singleRequest(trace, calls);
    if (request === null) return NOTHING;
    const signal = doubled(trace, calls) ?? tooFew(trace, request);
    return signal === null ? NO : [signal];
  },
};

/** The same call twice in one round cannot bring anything new. */
function doubled(trace: Trace, calls: readonly CallSite[]): Signal | null {
  const seen = new Map<string, CallSite>();
  for (const site of calls) {
    const key = `${site.call.name} ${JSON.stringify(site.call.arguments)}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, site);
      continue;
    }
    return saysYes({
      detector: ID,
      confidence: 0.8,
      spanId: site.spanId,
      summary: `\`${site.call.name}\` was called twice in one round with the same arguments`,
      fingerprint: fingerprint(ID, 'same call twice', site.call.name),
      evidence: [first, site].map(({ path }) =>
        quote(trace, `${path}/name`, site.call.name, site.spanId),
      ),
    });
  }
  return null;
}

/** One call was made, and the request gives the values of another one. */
function tooFew(trace: Trace, request: Request): Signal | null {
  const [site, ...more] = request.calls;
  if (site === undefined) return null;
  if (request.calls.some((call) => call.tool === null || argumentViolations(call).length > 0))
    return null;
  const answered = site.result === null ? '' : trace.output;
  const unused = request.unused.filter(({ text }) => /\d/.test(text) && !answered.includes(text));
  const numbers = unused.map(({ text }) => text);
  const names = unusedNames(request).filter((name) => !answered.includes(name));
  const reason =
    namedTool(trace, request) ??
    uncalledTool(trace, request, [...numbers, ...names]) ??
    restOfList(request, answered) ??
    severalTasks(request) ??
    (more.length > 0 ? null : again(site, request, unused, names));
  if (reason === null) return null;
  const path = `${site.path}/arguments`;
  return saysYes({
    detector: ID,
    confidence: 0.6,
    spanId: site.spanId,
    summary: reason.summary,
    fingerprint: fingerprint(ID, reason.kind),
    evidence: [
      quote(trace, path, textAt(trace, path) ?? '', site.spanId),
      ...reason.shown.slice(0, 3).map((text) => quote(trace, request.path, text, request.spanId)),
    ],
  });
}

interface Reason {
  readonly kind: string;
  readonly summary: string;
  readonly shown: readonly string[];
}

/** An offered tool that the request names in its own words, with values left over for it. */
function uncalledTool(trace: Trace, request: Request, unused: readonly string[]): Reason | null {
  if (unused.length === 0) return null;
  const called = new Set(request.calls.map((site) => site.tool));
  const tool = trace.tools.find((offered) => {
    if (called.has(offered)) return false;
    const fit = fitOf(request.stems, offered);
    return fit.name >= 0.99 && fit.description >= 0.3;
  });
  if (tool === undefined) return null;
  return {
    kind: 'tool never called',
    summary: `\`${tool.name}\` was never called, although the request asks for it too`,
    shown: unused,
  };
}

/** An offered tool that the request calls by its name. */
function namedTool(trace: Trace, request: Request): Reason | null {
  const called = new Set(request.calls.map((site) => site.tool));
  const tool = trace.tools.find(
    (offered) =>
      !called.has(offered) &&
      /[._]|[a-z][A-Z]/.test(offered.name) &&
      hasName(request.text, offered.name),
  );
  if (tool === undefined) return null;
  return {
    kind: 'tool never called',
    summary: `\`${tool.name}\` was never called, although the request names it`,
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
    summary: `\`${site.call.name}\` was the only call, although the request lists several tasks`,
    shown: markers,
  };
}

/** An enumeration of which some items are arguments, each on its own, and others are nowhere. */
function restOfList(request: Request, answered: string): Reason | null {
  const values = request.calls.flatMap((site) => leavesOf(site.call.arguments));
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
      summary: `\`${site.call.name}\` was called for some of the things that the request lists`,
      shown: left,
    };
  }
  return null;
}

/** The values of the call, once more. */
function again(
  site: CallSite,
  request: Request,
  unused: readonly NumberInText[],
  names: readonly string[],
): Reason | null {
  const shown = secondSet(site, request, unused, names);
  if (shown === null) return null;
  return {
    kind: shown.some((value) => names.includes(value)) ? 'one of several' : 'second set of values',
    summary: `\`${site.call.name}\` was called once, although the request gives values for more calls`,
    shown,
  };
}
