import type { Failure } from '../contract/failure.ts';
import type { Signal } from '../contract/signal.ts';
import { causeKey, causePath, NO_CAUSE } from '../text/cause.ts';
import { hash53 } from '../text/hash.ts';
import { rootSpan } from './cause-order.ts';
import { errorStatus } from './detectors/error-status/error-status.ts';
import { negativeFeedback } from './detectors/negative-feedback/negative-feedback.ts';
import { outcome } from './detectors/outcome/outcome.ts';
import { score } from './detectors/score/score.ts';
import { withFacts } from './population/fact-dictionary.ts';

/** A failure from its signals that said yes, in the order of `orderByCause`. */
export const failureOf = ({
  trace,
  failed,
  signals,
  weight,
  facts,
}: Pick<Failure, 'trace' | 'failed' | 'signals' | 'weight' | 'facts'>): Failure => {
  const cause = causeOf(signals);
  return {
    trace,
    failed,
    signals,
    cause,
    facts: withFacts(facts, causeIds(cause)),
    rootSpanId: rootSpan(trace, signals),
    weight,
  };
};

/** The first signal that says what went wrong. A symptom does not, nor does a filter. */
export const causeOf = (signals: readonly Signal[]): Signal | null =>
  signals.find(({ tier, detector }) => tier !== 'symptom' && !SAY_THAT.has(detector)) ??
  signals.find(({ category, detector }) => category !== null && detector === errorStatus.id) ??
  null;

/** Detectors that say that a trace failed, not why. */
const SAY_THAT: ReadonlySet<string> = new Set(
  [score, negativeFeedback, outcome, errorStatus].map(({ id }) => id),
);

/** Keys of the facts about the likeliest cause: one for each beginning of its path. */
export function causeKeys(cause: Signal | null): readonly string[] {
  if (cause === null) return [NO_CAUSE];
  const path = causePath(cause);
  return path.map((_, index) => causeKey(path.slice(0, index + 1)));
}

export const causeIds = (cause: Signal | null): readonly number[] => causeKeys(cause).map(hash53);
