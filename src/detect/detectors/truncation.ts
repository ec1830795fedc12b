import type { Signal } from '../../contract/signal.ts';
import type { Trace } from '../../contract/trace.ts';
import type { Detector } from '../detector.ts';
import { pointer, quote } from '../evidence.ts';
import { fingerprint } from '../mask.ts';
import { cutOff } from '../schema/cut-off.ts';
import { saysNo, saysUnknown } from '../verdict.ts';
import { saysYes } from '../yes.ts';

const ID = 'truncation';
const NO = saysNo(ID);
const NOTHING = saysUnknown(ID, 'no output recorded');

/** The answer stops before its end: the model ran into its token limit, or the text breaks off. */
export const truncation: Detector = {
  id: ID,
  detect(trace) {
    const signal = limited(trace) ?? brokenOff(trace);
    if (signal !== null) return [signal];
    return trace.output === '' ? NOTHING : NO;
  },
};

/** The last model call that said why it stopped, if it stopped for its length. */
function limited(trace: Trace): Signal | null {
  const at = trace.spans.findLastIndex(
    (span) => span.kind === 'model' && span.finishReason !== null,
  );
  const span = trace.spans[at];
  if (span === undefined || span.finishReason !== 'length') return null;
  return saysYes({
    detector: ID,
    confidence: 0.98,
    spanId: span.id,
    summary: 'The model stopped at its token limit',
    fingerprint: fingerprint(ID, 'token limit'),
    evidence: [
      quote(trace, pointer('spans', at, 'finishReason'), span.finishReason, span.id),
      span.output === ''
        ? null
        : quote(trace, pointer('spans', at, 'output'), span.output.slice(-200), span.id),
    ],
  });
}

function brokenOff(trace: Trace): Signal | null {
  const how = cutOff(trace.output);
  if (how === null) return null;
  return saysYes({
    detector: ID,
    confidence: 0.7,
    spanId: null,
    summary: `The answer breaks off ${how.where}`,
    fingerprint: fingerprint(ID, 'breaks off', how.where),
    evidence: [quote(trace, '/output', how.quote, null)],
  });
}
