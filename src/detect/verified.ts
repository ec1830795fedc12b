import { type Detector, findingsIn, inconclusive, isInconclusive } from './define.ts';

/** A user's detector that calls `onDropped` for each finding whose quote is not in the trace, which is dropped. */
export const verified = (detector: Detector, onDropped: (id: string) => void): Detector => ({
  ...detector,
  detect(run, file) {
    run.dropped = 0;
    const given = detector.detect(run, file);
    for (let count = 0; count < run.dropped; count += 1) onDropped(detector.id);
    const findings = isInconclusive(given) ? [] : findingsIn(given);
    if (run.dropped > 0 && findings.length === 0) return UNVERIFIED;
    return isInconclusive(given) ? given : findings;
  },
});

const UNVERIFIED = inconclusive('its quotes are not in the trace');
