import type { Statement } from '../../../contract/signal.ts';
import type { ToolDefinition } from '../../../contract/trace.ts';
import { maskedKey } from '../../../text/mask.ts';
import { field, statement, tool as toolName } from '../../../text/statement.ts';
import { defineDetector, inconclusive, noFinding } from '../../define.ts';
import type { Finding } from '../../finding.ts';
import { argumentQuote } from '../../run/argument-quote.ts';
import type { CallSite } from '../../run/calls.ts';
import type { Leaf } from '../../run/leaves.ts';
import type { Request } from '../../run/request.ts';
import type { Run } from '../../run/run.ts';
import { complaint } from '../../run/tool-complaint.ts';
import { errorText, isUnknownTool } from '../../run/tool-error.ts';
import { fitOf } from '../../run/tool-fit.ts';
import { wasOffered } from '../../run/was-offered.ts';
import { closerTool, takerOf } from './better-tool.ts';
import { madeUpArgument } from './made-up.ts';
import { occursInRequest } from './occurs-in-request.ts';
import { pretendedWork } from './pretended.ts';

const NO_CALLS = inconclusive('no tool calls recorded');

/** A tool was called that is not there, or that does not fit the request. */
export const toolWrongTool = defineDetector({
  id: 'tool_wrong_tool',
  tier: 'proven',
  finds:
    'a tool that is not offered, or another one that fits the request or the arguments clearly better, or one that worked after it, or required values that were made up; the work of a tool that was only simulated',
  category: {
    name: 'Wrong tool',
    definition: 'The tool called is offered and fits the request better than any other offered.',
    severity: 4,
    layer: 'tool',
    fixCost: 2,
    example: '`get_invoice` was called with the arguments of `get_order`.',
  },
  detect(run) {
    const { calls, request } = run;
    if (calls.length === 0 && run.tools.length === 0) return NO_CALLS;
    const findings = [
      ...calls.flatMap((site) => [notOffered(run, site), meantForOther(run, site)]),
      ...calls.map((site, index) => replaced(run, site, calls.slice(index + 1))),
      ...(request === null ? [] : unfit(run, request)),
      pretended(run),
    ].filter((finding) => finding !== null);
    if (findings.length > 0) return findings;
    return calls.length === 0 ? NO_CALLS : noFinding;
  },
});

/** Once a result was recorded, only an error of the runtime counts: lists of tools may be incomplete (`wasOffered`). */
function notOffered(run: Run, site: CallSite): Finding | null {
  if (site.tool !== null) return null;
  if (site.result === null ? run.tools.length === 0 : !isUnknownTool(errorText(site.result.text))) {
    return null;
  }
  if (site.result === null && wasOffered(run, site.call.name)) return null;
  const near = nearest(run.tools, site.call.name);
  return run.finding({
    confidence: 0.95,
    spanId: site.spanId,
    statement: statement`${toolName(site.call.name)} was called but is not among the tools offered`,
    cause: [
      'not offered',
      near === null ? 'unknown name' : 'name altered',
      maskedKey(site.call.name),
    ],
    evidence: [complaint(run, site), run.quote(`${site.path}/name`, site.call.name, site.spanId)],
  });
}

/** Arguments of another offered tool. */
function meantForOther(run: Run, site: CallSite): Finding | null {
  const other = takerOf(run, site);
  if (other === null) return null;
  return instead(run, site, other, 'arguments of another tool', 0.8);
}

function instead(
  run: Run,
  site: CallSite,
  other: ToolDefinition,
  kind: string,
  confidence: number,
): Finding | null {
  return run.finding({
    confidence,
    spanId: site.spanId,
    statement: statement`${toolName(site.call.name)} was called where ${toolName(other.name)} fits`,
    cause: [kind, `${site.call.name} → ${other.name}`],
    evidence: [
      run.quote(`${site.path}/name`, site.call.name, site.spanId),
      argumentQuote(run, site),
    ],
  });
}

/** The result of a tool was made up. */
function pretended(run: Run): Finding | null {
  const work = pretendedWork(run);
  if (work === null) return null;
  return run.finding({
    confidence: 0.6,
    spanId: work.spanId,
    statement: 'The work of a tool was simulated instead of calling the tool',
    cause: ['simulated'],
    evidence: [work],
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
function replaced(run: Run, site: CallSite, next: readonly CallSite[]): Finding | null {
  if (site.result?.isError !== true || typeof site.call.arguments !== 'object') return null;
  const values = argumentValues(site);
  if (values.size === 0) return null;
  const isCorrected = next.some(
    ({ call, result }) => call.name === site.call.name && result?.isError === false,
  );
  if (isCorrected) return null;
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
  return run.finding({
    confidence: 0.55,
    spanId: site.spanId,
    statement: statement`${toolName(site.call.name)} failed where ${toolName(other.call.name)} then worked`,
    cause: ['another tool worked', `${site.call.name} → ${other.call.name}`],
    evidence: [
      complaint(run, site),
      run.quote(`${site.path}/name`, site.call.name, site.spanId),
      run.quote(`${other.path}/name`, other.call.name, other.spanId),
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
 * gives none; or a required argument was made up; or another tool is clearly closer. A tool that
 * gave a result gets the benefit of the doubt.
 */
function* unfit(run: Run, request: Request): Generator<Finding | null> {
  for (const site of request.calls) {
    const { tool } = site;
    if (tool === null || (site.result !== null && !site.result.isError)) continue;
    const closer = closerTool(run, site, request);
    if (closer !== null) yield instead(run, site, closer, 'another tool is closer', 0.6);
    const required = madeUpArgument(run, site, request);
    if (required !== null) {
      yield irrelevant(run, site, request, [required], {
        kind: 'nothing to call it with',
        statement: statement`${toolName(site.call.name)} was called although the request does not give its required ${field(required)}`,
      });
      continue;
    }
    const fit = fitOf(request.stems, run.toolStems(tool));
    if (fit.name > 0 || fit.words < 2) continue;
    const madeUp = site.leaves.find((leaf) => !occursInRequest(leaf, request));
    if (madeUp === undefined) continue;
    yield irrelevant(run, site, request, madeUp.path, {
      kind: 'irrelevant tool',
      statement: statement`${toolName(site.call.name)} was called for an unrelated request`,
    });
  }
}

function irrelevant(
  run: Run,
  site: CallSite,
  request: Request,
  argument: Leaf['path'],
  { kind, statement: sentence }: { readonly kind: string; readonly statement: Statement },
): Finding | null {
  return run.finding({
    confidence: 0.6,
    spanId: site.spanId,
    statement: sentence,
    cause: [kind, site.call.name],
    evidence: [
      run.quote(`${site.path}/name`, site.call.name, site.spanId),
      argumentQuote(run, site, argument),
      run.quote(request.path, request.text, request.spanId),
    ],
  });
}
