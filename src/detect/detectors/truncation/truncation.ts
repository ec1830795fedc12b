import type { Signal } from '../../../contract/signal.ts';
import type { Span, Trace } from '../../../contract/trace.ts';
import { fingerprint } from '../../../text/mask.ts';
import type { Detector } from '../../detector.ts';
import { pointer, quote } from '../../evidence.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';
import { saysYes } from '../../yes.ts';
import { cutOff } from './cut-off.ts';

const ID = 'truncation';
const NO = saysNo(ID);
const NOTHING = saysUnknown(ID, 'no output recorded');
const MID_SENTENCE = saysUnknown(
  ID,
  'the answer ends in the middle of a sentence, and no reason to stop is recorded',
);

/**
 * The answer stops before its end: the model ran into its token limit, or the text breaks off inside JSON
 * or a code block. The middle of a sentence alone proves nothing, since people and models leave out a
 * last full stop; it counts where the tokens written are a round number, as limits are. A model that
 * says it stopped by itself was not cut.
 */
export const truncation: Detector = {
  id: ID,
  detect(trace) {
    const at = trace.spans.findLastIndex(
      (span) => span.kind === 'model' && span.finishReason !== null,
    );
    const span = trace.spans[at];
    if (span?.finishReason === 'length') {
      const signal = limited(trace, span, at);
      if (signal !== null) return [signal];
    }
    if (trace.output === '') return NOTHING;
    return span === undefined || span.finishReason === 'length' ? brokenOff(trace) : NO;
  },
};

const limited = (trace: Trace, span: Span, at: number): Signal | null =>
  saysYes({
    detector: ID,
    confidence: 0.98,
    spanId: span.id,
    summary: 'The model stopped at its token limit',
    fingerprint: fingerprint(ID, 'token limit'),
    evidence: [
      quote(trace, pointer('spans', at, 'finishReason'), 'length', span.id),
      span.output === ''
        ? null
        : quote(trace, pointer('spans', at, 'output'), span.output.slice(-200), span.id),
    ],
  });

function brokenOff(trace: Trace): readonly Signal[] {
  const how = cutOff(trace.output);
  if (how === null) return NO;
  if (how.where === 'in the middle of a sentence' && !isRound(tokensWritten(trace)))
    return MID_SENTENCE;
  const signal = saysYes({
    detector: ID,
    confidence: 0.7,
    spanId: null,
    summary: `The answer breaks off ${how.where}`,
    fingerprint: fingerprint(ID, 'breaks off', how.where),
    evidence: [quote(trace, '/output', how.quote, null)],
  });
  return signal === null ? NO : [signal];
}

/** Tokens of the last model call; of the whole run where only that is recorded. */
function tokensWritten(trace: Trace): number | null {
  const calls = trace.spans.filter(({ kind }) => kind === 'model');
  const last = calls.at(-1)?.usage.outputTokens ?? null;
  return last ?? (calls.length < 2 ? trace.usage.outputTokens : null);
}

/** Limits are set in powers of two or in hundreds. */
const isRound = (tokens: number | null): boolean =>
  tokens !== null && tokens >= 64 && (tokens % 100 === 0 || Number.isInteger(Math.log2(tokens)));
