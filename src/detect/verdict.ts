import type { Signal } from '../contract/signal.ts';

/** The one answer of a detector that looked and found nothing. Make it once per detector, not per trace. */
export const saysNo = (detector: string): readonly Signal[] => [empty(detector, 'no', '')];

/** The one answer of a detector that had nothing to judge by; `why` says what was missing. */
export const saysUnknown = (detector: string, why: string): readonly Signal[] => [
  empty(detector, 'unknown', why),
];

const empty = (detector: string, verdict: 'no' | 'unknown', summary: string): Signal => ({
  detector,
  verdict,
  category: null,
  confidence: 1,
  spanId: null,
  summary,
  fingerprint: '',
  evidence: [],
});
