import type { Signal } from '../../../contract/signal.ts';
import type { ToolDefinition, Trace } from '../../../contract/trace.ts';
import { fingerprint, maskedKey } from '../../../text/mask.ts';
import type { Detector } from '../../detector.ts';
import { pointer, quote, textAt } from '../../evidence.ts';
import { type CallSite, callsOf } from '../../run/calls.ts';
import { leavesOf } from '../../run/leaves.ts';
import { type Request, singleRequest } from '../../run/request.ts';
import { complaint } from '../../run/tool-complaint.ts';
import { errorText, isUnknownTool } from '../../run/tool-error.ts';
import { fitOf } from '../../run/tool-fit.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';
import { saysYes } from '../../yes.ts';
import { closerTool, takerOf } from './better-tool.ts';
import { madeUpArgument } from './made-up.ts';
import { isGiven } from './occurs-in-request.ts';
import { pretendedWork } from './pretended.ts';

const ID = 'tool_wrong_tool';
const NO = saysNo(ID);
const NOTHING = saysUnknown(ID, 'no tool calls recorded');

/** A tool was called that is not there, or that is not the one for the request. */
export const toolWrongTool: Detector = {
  id: ID,
  detect(trace) {
    const calls = callsOf(trace);
    if (calls.length === 0 && trace.tools.length === 0) return NOTHING;
    const signals = new Map<string, Signal>();
    const add = (signal: Signal | null): void => {
      if (signal !== null && !signals.has(signal.fingerprint))
        signals.set(signal.fingerprint, signal);
    };
    for (const site of calls) {
      add(notOffered(trace, site));
      add(meantForOther(trace, site));
    }
    for (const [index, site] of calls.entries()) add(replaced(trace, site, calls.slice(index + 1)));
    const request = singleRequest(trace, calls);
    if (request !== null) for (const signal of unfit(trace, request)) add(signal);
    add(pretended(trace));
    if (signals.size > 0) return [...signals.values()];
    return calls.length === 0 ? NOTHING : NO;
  },
};

/** Once a result was recorded, only the runtime's word counts: lists of tools may be incomplete. */
function notOffered(trace: Trace, site: CallSite): Signal | null {
  if (site.tool !== null) return null;
  if (
    site.result === null ? trace.tools.length === 0 : !isUnknownTool(errorText(site.result.text))
  ) {
    return null;
  }
  const near = nearest(trace.tools, site.call.name);
  return saysYes({
    detector: ID,
    confidence: 0.95,
    spanId: site.spanId,
    summary: `\`${site.call.name}\` was called, which is not among the tools offered`,
    fingerprint: fingerprint(
      ID,
      'not offered',
      near === null ? 'unknown name' : 'name altered',
      maskedKey(site.call.name),
    ),
    evidence: [
      quote(trace, `${site.path}/name`, site.call.name, site.spanId),
      complaint(trace, site),
    ],
  });
}

/** Arguments of another offered tool. */
function meantForOther(trace: Trace, site: CallSite): Signal | null {
  const other = takerOf(trace, site);
  if (other === null) return null;
  return instead(trace, site, other, 'arguments of another tool', 0.8);
}

function instead(
  trace: Trace,
  site: CallSite,
  other: ToolDefinition,
  kind: string,
  confidence: number,
): Signal | null {
  const path = `${site.path}/arguments`;
  return saysYes({
    detector: ID,
    confidence,
    spanId: site.spanId,
    summary: `\`${site.call.name}\` was called where \`${other.name}\` is the one that fits`,
    fingerprint: fingerprint(ID, kind, `${site.call.name} → ${other.name}`),
    evidence: [
      quote(trace, `${site.path}/name`, site.call.name, site.spanId),
      quote(trace, path, textAt(trace, path) ?? '', site.spanId),
    ],
  });
}

/** What a tool would have brought was made up. */
function pretended(trace: Trace): Signal | null {
  const said = pretendedWork(trace);
  if (said === null) return null;
  return saysYes({
    detector: ID,
    confidence: 0.6,
    spanId: said.spanId,
    summary: 'The work of a tool was simulated instead of calling the tool',
    fingerprint: fingerprint(ID, 'simulated'),
    evidence: [said],
  });
}

/** An offered tool whose name is a misspelling away: same letters but for case and punctuation, or one holds the other. */
function nearest(tools: readonly ToolDefinition[], name: string): ToolDefinition | null {
  const plain = letters(name);
  return (
    tools.find((tool) => {
      const other = letters(tool.name);
      return (
        other === plain || (plain.length > 4 && (other.includes(plain) || plain.includes(other)))
      );
    }) ?? null
  );
}

const letters = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The tool failed and never worked after, and another soon took the same values and worked. */
function replaced(trace: Trace, site: CallSite, next: readonly CallSite[]): Signal | null {
  if (site.result?.isError !== true || typeof site.call.arguments !== 'object') return null;
  const values = argumentValues(site);
  if (values.size === 0) return null;
  const comesRight = next.some(
    ({ call, result }) => call.name === site.call.name && result?.isError === false,
  );
  if (comesRight) return null;
  const other = next
    .slice(0, 3)
    .find(
      (later) =>
        later.call.name !== site.call.name &&
        later.result !== null &&
        !later.result.isError &&
        [...argumentValues(later)].some((value) => values.has(value)),
    );
  if (other === undefined) return null;
  return saysYes({
    detector: ID,
    confidence: 0.55,
    spanId: site.spanId,
    summary: `\`${site.call.name}\` failed where \`${other.call.name}\` then worked`,
    fingerprint: fingerprint(ID, 'another tool worked', `${site.call.name} → ${other.call.name}`),
    evidence: [
      quote(trace, `${site.path}/name`, site.call.name, site.spanId),
      complaint(trace, site),
      quote(trace, `${other.path}/name`, other.call.name, other.spanId),
    ],
  });
}

const argumentValues = (site: CallSite): ReadonlySet<string> => {
  const given = site.call.arguments;
  if (typeof given !== 'object' || given === null) return new Set();
  return new Set(
    Object.values(given).flatMap((value) =>
      typeof value === 'string' && value.length > 2 ? [value] : [],
    ),
  );
};

/**
 * The request shares no word with the tool's name, and some argument was made up because the request
 * gives none; or what the tool must be given was made up; or another tool is clearly closer. A tool
 * that gave a result is given the benefit of the doubt.
 */
function* unfit(trace: Trace, request: Request): Generator<Signal | null> {
  for (const site of request.calls) {
    const { tool } = site;
    if (tool === null || (site.result !== null && !site.result.isError)) continue;
    const closer = closerTool(trace, site, request);
    if (closer !== null) yield instead(trace, site, closer, 'another tool is closer', 0.6);
    const required = madeUpArgument(trace, site, request);
    if (required !== null) {
      yield irrelevant(trace, site, request, pointer(required), {
        kind: 'nothing to call it with',
        summary: `\`${site.call.name}\` was called for a request that does not give its required \`${required}\``,
      });
      continue;
    }
    const fit = fitOf(request.stems, tool);
    if (fit.name > 0 || fit.words < 2) continue;
    const madeUp = leavesOf(site.call.arguments).find((leaf) => !isGiven(leaf, request));
    if (madeUp === undefined) continue;
    yield irrelevant(trace, site, request, pointer(...madeUp.path), {
      kind: 'irrelevant tool',
      summary: `\`${site.call.name}\` was called for a request that has nothing to do with it`,
    });
  }
}

function irrelevant(
  trace: Trace,
  site: CallSite,
  request: Request,
  argument: string,
  said: { readonly kind: string; readonly summary: string },
): Signal | null {
  const path = `${site.path}/arguments${argument}`;
  return saysYes({
    detector: ID,
    confidence: 0.75,
    spanId: site.spanId,
    summary: said.summary,
    fingerprint: fingerprint(ID, said.kind, site.call.name),
    evidence: [
      quote(trace, `${site.path}/name`, site.call.name, site.spanId),
      quote(trace, path, textAt(trace, path) ?? '', site.spanId),
      quote(trace, request.path, request.text, request.spanId),
    ],
  });
}
