import type { Signal } from '../../contract/signal.ts';
import type { Trace } from '../../contract/trace.ts';
import { type CallSite, callsOf } from '../argument/calls.ts';
import { fitOf, stemsOf } from '../argument/fit.ts';
import { leavesOf } from '../argument/leaves.ts';
import { unusedNames } from '../argument/names.ts';
import type { NumberInText } from '../argument/numbers.ts';
import { type Request, singleRequest } from '../argument/request.ts';
import type { Detector } from '../detector.ts';
import { quote, textAt } from '../evidence.ts';
import { fingerprint } from '../mask.ts';
import { argumentViolations } from '../schema/arguments.ts';
import { saysNo, saysUnknown } from '../verdict.ts';
import { saysYes } from '../yes.ts';

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
    uncalledTool(trace, request, [...numbers, ...names]) ??
    (more.length > 0 ? null : secondSet(site, request, unused, names));
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
  const stems = stemsOf(request.text);
  const called = new Set(request.calls.map((site) => site.tool));
  const tool = trace.tools.find((offered) => {
    if (called.has(offered)) return false;
    const fit = fitOf(stems, offered);
    return fit.name >= 0.99 && fit.description >= 0.3;
  });
  if (tool === undefined) return null;
  return {
    kind: 'tool never called',
    summary: `\`${tool.name}\` was never called, although the request asks for it too`,
    shown: unused,
  };
}

/** "in Berlin and Paris": the value next to the one that was used, or as many numbers again. */
function secondSet(
  site: CallSite,
  request: Request,
  unused: readonly NumberInText[],
  names: readonly string[],
): Reason | null {
  const values = leavesOf(site.call.arguments).map(({ value }) => value);
  const used = values.map(String).filter((value) => value.length > 2);
  const sibling = names.find((name) =>
    used.some(
      (value) =>
        request.text.includes(`${value} and ${name}`) ||
        request.text.includes(`${name} and ${value}`),
    ),
  );
  const measured = values.filter((value) => typeof value === 'number').length;
  if (values.length > MOST_VALUES) return null;
  const again = measured > 0 && unused.length >= Math.max(2, measured);
  const like = request.numbers.filter((number) => !unused.some(({ at }) => at === number.at));
  const same = unused.find((number) => like.some((other) => isSameMeasure(number, other)));
  if (sibling === undefined && !again && same === undefined) return null;
  return {
    kind: sibling === undefined ? 'second set of values' : 'one of several',
    summary: `\`${site.call.name}\` was called once, although the request gives values for more calls`,
    shown: sibling === undefined ? unused.map(({ text }) => text) : [sibling],
  };
}

/** "4 people … 2 people", "stage 7 … stage 3". */
const isSameMeasure = (left: NumberInText, right: NumberInText): boolean =>
  (left.before !== '' && left.before === right.before && !LINKS.has(left.before)) ||
  (left.after[0] !== undefined &&
    left.after[0] === right.after[0] &&
    left.after[0].length > 2 &&
    !LINKS.has(left.after[0]));

/** A call with more values than this works on a whole list at once. */
const MOST_VALUES = 12;

const LINKS = new Set(
  'the and for with from that this into between about over under than'.split(' '),
);
