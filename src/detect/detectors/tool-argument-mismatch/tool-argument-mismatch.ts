import type { Signal } from '../../../contract/signal.ts';
import type { Trace } from '../../../contract/trace.ts';
import { fingerprint } from '../../../text/mask.ts';
import type { Detector } from '../../detector.ts';
import { pointer, quote, textAt } from '../../evidence.ts';
import { type CallSite, callsOf } from '../../run/calls.ts';
import { singleRequest } from '../../run/request.ts';
import {
  argumentViolations,
  describeViolation,
  fieldName,
  isByPosition,
  isWrapped,
  violationEvidence,
} from '../../run/schema/arguments.ts';
import type { Violation } from '../../run/schema/violation.ts';
import { complaint, refusedValues } from '../../run/tool-complaint.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';
import { saysYes } from '../../yes.ts';
import { alteredNumbers } from './altered.ts';
import { againstDescription } from './described.ts';
import { reversed } from './direction.ts';
import type { Mismatch } from './mismatch.ts';
import { lostSigns } from './missing-coordinate-sign.ts';
import { omittedArguments } from './omitted.ts';
import { wrongOrigins } from './origin.ts';
import { mispaired } from './swapped-pairs.ts';
import { wrongUnits } from './units.ts';
import { wrongDates } from './wrong-dates.ts';

const ID = 'tool_argument_mismatch';
const NO = saysNo(ID);
const NOTHING = saysUnknown(ID, 'no tool calls recorded');

/** A tool was called with arguments that are not what it asks for, or not what the conversation holds. */
export const toolArgumentMismatch: Detector = {
  id: ID,
  detect(trace) {
    const calls = callsOf(trace);
    if (calls.length === 0) return NOTHING;
    const signals = new Map<string, Signal>();
    for (const site of calls) {
      for (const mismatch of mismatches(trace, site)) add(signals, site.spanId, mismatch);
    }
    const request = singleRequest(trace, calls);
    if (request !== null) {
      const spanId = calls[0]?.spanId ?? null;
      for (const mismatch of omittedArguments(trace, request)) add(signals, spanId, mismatch);
      for (const mismatch of alteredNumbers(trace, request)) add(signals, spanId, mismatch);
      for (const mismatch of wrongUnits(trace, request)) add(signals, spanId, mismatch);
      for (const mismatch of reversed(trace, request)) add(signals, spanId, mismatch);
      for (const mismatch of lostSigns(trace, request)) add(signals, spanId, mismatch);
      for (const mismatch of wrongDates(trace, request)) add(signals, spanId, mismatch);
      for (const mismatch of mispaired(trace, request)) add(signals, spanId, mismatch);
    }
    return signals.size === 0 ? NO : [...signals.values()];
  },
};

function* mismatches(trace: Trace, site: CallSite): Generator<Mismatch> {
  yield* schemaMismatches(trace, site);
  const origins = wrongOrigins(trace, site);
  yield* origins.length > 0 ? origins : refusedValues(trace, site);
  yield* againstDescription(trace, site);
}

/** All arguments in one without a name are a matter of the call's form. */
function schemaMismatches(trace: Trace, site: CallSite): readonly Mismatch[] {
  if (isWrapped(site)) return isByPosition(site) ? [] : [wrapped(trace, site)];
  return argumentViolations(site)
    .filter((violation) => !isAsSaid(trace, site, violation))
    .map((violation) => ({
      kind: violation.kind,
      detail: [`${site.call.name}.${fieldName(violation.path)}`],
      summary: describeViolation(site, violation),
      confidence: 0.9,
      evidence: [...violationEvidence(trace, site, violation), complaint(trace, site)],
    }));
}

/** A fraction that the request gives, where the schema is too narrow for it: it breaks the schema, not the request. */
function isAsSaid(trace: Trace, site: CallSite, { kind, path }: Violation): boolean {
  if (kind !== 'wrong type') return false;
  const text = textAt(trace, `${site.path}/arguments${pointer(...path)}`) ?? '';
  return /^-?\d{1,15}\.\d{1,15}$/.test(text) && trace.input.includes(text);
}

function wrapped(trace: Trace, site: CallSite): Mismatch {
  const path = `${site.path}/arguments`;
  return {
    kind: 'wrapped',
    detail: [site.call.name],
    summary: `\`${site.call.name}\` was called with its arguments in an argument that its schema does not have`,
    confidence: 0.85,
    evidence: [quote(trace, path, textAt(trace, path) ?? '', site.spanId), complaint(trace, site)],
  };
}

function add(signals: Map<string, Signal>, spanId: string | null, mismatch: Mismatch): void {
  const signal = saysYes({
    detector: ID,
    confidence: mismatch.confidence,
    spanId,
    summary: mismatch.summary,
    fingerprint: fingerprint(ID, mismatch.kind, ...mismatch.detail),
    evidence: mismatch.evidence,
  });
  if (signal !== null && !signals.has(signal.fingerprint)) signals.set(signal.fingerprint, signal);
}
