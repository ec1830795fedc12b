import type { Evidence } from '../../../contract/signal.ts';
import type { Span, Trace } from '../../../contract/trace.ts';
import { fingerprint, maskedKey } from '../../../text/mask.ts';
import type { Detector } from '../../detector.ts';
import { quote } from '../../evidence.ts';
import { infrastructureKind } from '../../run/infrastructure.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';

const ID = 'error_status';
const NO = saysNo(ID);
/** What OpenTelemetry's conventions write for an error that nobody named. */
const OTHER = '_OTHER';
const UNSET = saysUnknown(ID, 'no status recorded');

/**
 * The run ended with an error: status `error`, unless only steps inside it failed and it went on to an
 * answer after others of their kind had worked. Its category is infrastructure when the error reads like one.
 */
export const errorStatus: Detector = {
  id: ID,
  detect(trace) {
    if (trace.status === 'unset' && trace.spans.length === 0) return UNSET;
    if (trace.status !== 'error' || gotOver(trace)) return NO;
    const { type, message, spanId } = trace.error ?? { type: '', message: '', spanId: null };
    const evidence = [
      quote(trace, '/error/message', message, spanId),
      quote(trace, '/error/type', type, spanId),
      quote(trace, '/status', 'error', spanId),
    ].find((one): one is Evidence => one !== null);
    if (evidence === undefined) return NO;
    const infrastructure = infrastructureKind(`${type} ${message}`);
    const kind = maskedKey(type === '' || type === OTHER ? 'untyped' : type, 60);
    return [
      {
        detector: ID,
        verdict: 'yes',
        category: infrastructure === null ? null : 'infrastructure_error',
        confidence: 1,
        spanId,
        summary: `The run ended with an error (${infrastructure?.kind ?? kind})`,
        fingerprint:
          infrastructure === null
            ? fingerprint(ID, kind, maskedKey(message))
            : fingerprint(ID, infrastructure.kind),
        evidence: [evidence],
      },
    ];
  },
};

/**
 * Recorders call a run failed when any step of it failed. It got over that when no outermost span tells
 * of an error in words of its own, the last failing step was followed by one of its kind that worked,
 * and an answer came.
 */
function gotOver({ spans, output }: Trace): boolean {
  if (output.trim() === '') return false;
  const isFailing = ({ status, error }: Span): boolean => status === 'error' || error !== null;
  if (spans.some((span) => span.parentId === null && hasWords(span))) return false;
  const last = spans.findLastIndex((span) => STEPS.has(span.kind) && isFailing(span));
  const failing = spans[last];
  return (
    failing !== undefined &&
    spans.some((span, at) => at > last && span.kind === failing.kind && !isFailing(span))
  );
}

const hasWords = ({ error }: Span): boolean =>
  error !== null && (error.message !== '' || !['', OTHER].includes(error.type));
const STEPS: ReadonlySet<Span['kind']> = new Set([
  'model',
  'tool',
  'retrieval',
  'embedding',
  'rerank',
  'memory',
]);
