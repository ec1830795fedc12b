import type { Evidence } from '../../contract/signal.ts';
import type { Detector } from '../detector.ts';
import { quote } from '../evidence.ts';
import { infrastructureKind } from '../infrastructure.ts';
import { fingerprint, maskedKey } from '../mask.ts';
import { saysNo, saysUnknown } from '../verdict.ts';

const ID = 'error_status';
const NO = saysNo(ID);
const UNSET = saysUnknown(ID, 'no status recorded');

/** The trace ended with status `error`. Its category is infrastructure when the error reads like one. */
export const errorStatus: Detector = {
  id: ID,
  detect(trace) {
    if (trace.status === 'unset' && trace.spans.length === 0) return UNSET;
    if (trace.status !== 'error') return NO;
    const { type, message, spanId } = trace.error ?? { type: '', message: '', spanId: null };
    const evidence = [
      quote(trace, '/error/message', message, spanId),
      quote(trace, '/error/type', type, spanId),
      quote(trace, '/status', 'error', spanId),
    ].find((one): one is Evidence => one !== null);
    if (evidence === undefined) return NO;
    const infrastructure = infrastructureKind(`${type} ${message}`);
    const kind = maskedKey(type === '' ? 'untyped' : type, 60);
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
