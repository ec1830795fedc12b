import type { Signal } from '../../contract/signal.ts';
import type { Trace } from '../../contract/trace.ts';
import { type CallSite, callsOf } from '../argument/calls.ts';
import { fitOf, stemsOf } from '../argument/fit.ts';
import type { Detector } from '../detector.ts';
import { quote, textAt } from '../evidence.ts';
import { fingerprint } from '../mask.ts';
import {
  argumentViolations,
  describeViolation,
  isWrapped,
  violationEvidence,
} from '../schema/arguments.ts';
import { type CallText, type CallTextProblem, readCallText } from '../schema/call-text.ts';
import { saysNo, saysUnknown } from '../verdict.ts';
import { saysYes } from '../yes.ts';

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
    if (trace.tools.length === 0) return NOTHING;
    const signals = calls.length === 0 ? unreadable(trace) : broken(trace, calls);
    return signals.length === 0 ? NO : signals;
  },
};

const SUMMARIES: Readonly<Record<CallTextProblem, string>> = {
  'code fence': 'A tool call was wrapped in a code fence instead of being made',
  'prose around call': 'A tool call was buried in prose instead of being made',
  'quoted call': 'Tool calls were written as quoted strings',
  'json instead of call': 'Tool calls were written as JSON of another shape than the caller reads',
  'wrong argument form': 'A tool call gave its arguments without their names',
  'single quotes': 'A tool call was written with single quotes, which is not JSON',
  'broken tag': 'A tool-call tag holds something that does not parse',
  'truncated call': 'A tool call was cut off before it ended',
  'invalid syntax': 'A tool call was written in syntax that does not parse',
  'leaked markers': 'A tool call came with markers of the chat template around it',
  'empty call list': 'An empty list of calls was written instead of a call or an answer',
};

function unreadable(trace: Trace): Signal[] {
  const at = trace.messages.findLastIndex((message) => message.role === 'assistant');
  const message = trace.messages[at];
  const text = message === undefined || message.content === '' ? trace.output : message.content;
  const read: CallText | null = readCallText(text, trace.tools);
  if (read === null || read.problem === null) return [];
  if (read.problem === 'empty call list' && !mayNeedTool(trace)) return [];
  const path = text === message?.content ? `/messages/${at}/content` : '/output';
  const signal = saysYes({
    detector: ID,
    confidence: 0.9,
    spanId: message?.spanId ?? null,
    summary: SUMMARIES[read.problem],
    fingerprint: fingerprint(ID, read.problem),
    evidence: [quote(trace, path, read.quote, message?.spanId ?? null)],
  });
  return signal === null ? [] : [signal];
}

/** No call is the right answer where none of the tools has a word in common with the request. */
const mayNeedTool = (trace: Trace): boolean => {
  const stems = stemsOf(trace.input);
  return trace.tools.some((tool) => fitOf(stems, tool).name > 0.3);
};

function broken(trace: Trace, calls: readonly CallSite[]): Signal[] {
  const signals = new Map<string, Signal>();
  for (const site of calls) {
    if (isWrapped(site)) {
      const signal = unparsed(trace, site, 'wrapped arguments');
      if (signal !== null) signals.set(signal.fingerprint, signal);
      continue;
    }
    for (const violation of argumentViolations(site)) {
      if (violation.kind === 'null for optional') continue;
      const key = fingerprint(
        ID,
        `argument ${violation.kind}`,
        describeField(site, violation.path),
      );
      if (signals.has(key)) continue;
      const signal = saysYes({
        detector: ID,
        confidence: 0.95,
        spanId: site.spanId,
        summary: describeViolation(site, violation),
        fingerprint: key,
        evidence: violationEvidence(trace, site, violation),
      });
      if (signal !== null) signals.set(key, signal);
    }
    if (site.tool !== null && typeof site.call.arguments === 'string') {
      const signal = unparsed(trace, site, 'arguments not json');
      if (signal !== null) signals.set(signal.fingerprint, signal);
    }
  }
  return [...signals.values()];
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

const describeField = (site: CallSite, path: readonly (string | number)[]): string =>
  [site.call.name, ...path.filter((token) => typeof token === 'string')].join('.');
