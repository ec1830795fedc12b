import type { Signal } from '../../../contract/signal.ts';
import type { Trace } from '../../../contract/trace.ts';
import { fingerprint, maskedKey } from '../../../text/mask.ts';
import type { Detector } from '../../detector.ts';
import { quote, textAt } from '../../evidence.ts';
import { type CallText, type CallTextProblem, readCallText } from '../../run/call-text.ts';
import { type CallSite, callsOf, isPutRight } from '../../run/calls.ts';
import {
  argumentViolations,
  describeViolation,
  fieldName,
  isWrapped,
  violationEvidence,
} from '../../run/schema/arguments.ts';
import type { Violation } from '../../run/schema/violation.ts';
import { rejection, syntaxError } from '../../run/tool-error.ts';
import { fitOf, stemsOf } from '../../run/tool-fit.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';
import { saysYes } from '../../yes.ts';
import { type BrokenPromise, brokenPromises } from './broken-format.ts';
import { spelledOut } from './spelled-out.ts';

const ID = 'schema_violation';
const NO = saysNo(ID);
const NOTHING = saysUnknown(ID, 'no tools offered and no output format promised');

/**
 * Output that was promised in a form and is not: tool calls written in a way that nothing can read
 * (fenced, quoted, wrapped in prose, cut), and arguments that break the offered JSON Schema.
 */
export const schemaViolation: Detector = {
  id: ID,
  detect(trace) {
    const calls = callsOf(trace);
    const promises = brokenPromises(trace);
    if (promises === null && calls.length === 0 && trace.tools.length === 0) return NOTHING;
    const signals = new Map<string, Signal>();
    const add = (signal: Signal | null): void => {
      if (signal !== null && !signals.has(signal.fingerprint))
        signals.set(signal.fingerprint, signal);
    };
    for (const promise of promises ?? []) add(broken(promise));
    for (const site of calls) {
      for (const signal of badArguments(trace, site)) add(signal);
    }
    for (const signal of turnedDown(trace, calls)) add(signal);
    for (const site of calls) add(walkedThrough(trace, site));
    if (calls.length === 0) add(unreadable(trace));
    return signals.size === 0 ? NO : [...signals.values()];
  },
};

const broken = ({ kind, field, summary, evidence }: BrokenPromise): Signal | null =>
  saysYes({
    detector: ID,
    confidence: 0.95,
    spanId: null,
    summary,
    fingerprint: fingerprint(ID, kind, field),
    evidence,
  });

const SUMMARIES: Readonly<Record<CallTextProblem, string>> = {
  'code fence': 'A tool call was wrapped in a code fence instead of being made',
  'prose around call': 'A tool call was buried in prose instead of being made',
  'quoted call': 'Tool calls were written as quoted strings',
  'json instead of call': 'Tool calls were written as JSON of another shape than the caller reads',
  'wrong argument form': 'A tool call gave its arguments without their names',
  'python literals': 'A tool call was written in literals of Python, which is not JSON',
  'broken tag': 'A tool-call tag holds something that does not parse',
  'truncated call': 'A tool call was cut off before it ended',
  'invalid syntax': 'A tool call was written in syntax that does not parse',
  'leaked markers': 'A tool call came with markers of the chat template around it',
  'empty call list': 'An empty list of calls was written instead of a call or an answer',
};

function unreadable(trace: Trace): Signal | null {
  if (trace.tools.length === 0) return null;
  const at = trace.messages.findLastIndex((message) => message.role === 'assistant');
  const message = trace.messages[at];
  const text = message === undefined || message.content === '' ? trace.output : message.content;
  const read: CallText | null = readCallText(text, trace.tools);
  if (read === null || read.problem === null) return null;
  if (read.problem === 'empty call list' && !mayNeedTool(trace)) return null;
  const path = text === message?.content ? `/messages/${at}/content` : '/output';
  return saysYes({
    detector: ID,
    confidence: 0.9,
    spanId: message?.spanId ?? null,
    summary: SUMMARIES[read.problem],
    fingerprint: fingerprint(ID, read.problem),
    evidence: [quote(trace, path, read.quote, message?.spanId ?? null)],
  });
}

/** No call is the right answer where none of the tools has a word in common with the request. */
const mayNeedTool = (trace: Trace): boolean => {
  const stems = stemsOf(trace.input);
  return trace.tools.some((tool) => fitOf(stems, tool).name > 0.3);
};

function* badArguments(trace: Trace, site: CallSite): Generator<Signal | null> {
  if (isWrapped(site)) {
    yield unparsed(trace, site, 'wrapped arguments');
    return;
  }
  for (const violation of argumentViolations(site)) {
    if (isDeep(violation)) continue;
    const field = fieldName([site.call.name, ...violation.path]);
    yield saysYes({
      detector: ID,
      confidence: 0.95,
      spanId: site.spanId,
      summary: describeViolation(site, violation),
      fingerprint: fingerprint(ID, `argument ${violation.kind}`, field),
      evidence: violationEvidence(trace, site, violation),
    });
  }
  if (site.tool?.parameters != null && typeof site.call.arguments === 'string') {
    yield unparsed(trace, site, 'arguments not json');
  }
}

/** A fault inside an object that was handed over: the call keeps its form, the value is at fault. */
const isDeep = ({ path }: Violation): boolean =>
  path.filter((token) => typeof token === 'string').length > 1;

/** Calls that a tool turned down for their form and that never went through; code that does not parse. */
function* turnedDown(trace: Trace, calls: readonly CallSite[]): Generator<Signal | null> {
  for (const site of calls) {
    const { result } = site;
    if (result === null || !result.isError) continue;
    const syntax = syntaxError(result.text);
    const reason = syntax ?? rejection(result.text);
    if (reason === null || (syntax === null && isPutRight(calls, site))) continue;
    yield saysYes({
      detector: ID,
      confidence: 0.85,
      spanId: site.spanId,
      summary:
        syntax === null
          ? `\`${site.call.name}\` turned down the form of its arguments`
          : `The code given to \`${site.call.name}\` does not parse`,
      fingerprint:
        syntax === null
          ? fingerprint(ID, 'arguments turned down', site.call.name, maskedKey(reason, 50))
          : fingerprint(ID, 'code does not parse'),
      evidence: [quote(trace, result.path, reason, site.spanId)],
    });
  }
}

/** What the code of an agent got was not of the shape it was written for. */
function walkedThrough(trace: Trace, { result, spanId }: CallSite): Signal | null {
  const spelled = result === null ? null : spelledOut(result.text);
  if (result === null || spelled === null) return null;
  return saysYes({
    detector: ID,
    confidence: 0.6,
    spanId,
    summary: 'A text was taken for a list and walked through letter by letter',
    fingerprint: fingerprint(ID, 'text taken for a list'),
    evidence: [quote(trace, result.path, spelled, spanId)],
  });
}

function unparsed(
  trace: Trace,
  site: CallSite,
  kind: 'arguments not json' | 'wrapped arguments',
): Signal | null {
  const path = `${site.path}/arguments`;
  return saysYes({
    detector: ID,
    confidence: 0.95,
    spanId: site.spanId,
    summary:
      kind === 'wrapped arguments'
        ? `The arguments of \`${site.call.name}\` were wrapped in an argument of their own`
        : `The arguments of \`${site.call.name}\` are not JSON`,
    fingerprint: fingerprint(ID, kind),
    evidence: [quote(trace, path, textAt(trace, path) ?? '', site.spanId)],
  });
}
