import type { FactRow } from '../contract/fact-rows.ts';
import type { Failure } from '../contract/failure.ts';
import type { Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import { causeKey, causePath } from '../text/cause.ts';
import { hash53 } from '../text/hash.ts';
import { rootSpan } from './cause-order.ts';
import { score } from './detectors/score/score.ts';
import { withFacts } from './population/fact-dictionary.ts';

/** A failure from its signals that said yes, in the order of `orderByCause`. */
export const failureOf = (
  trace: Trace,
  signals: readonly Signal[],
  weight: number,
  facts: FactRow,
): Failure => {
  const cause = causeOf(signals);
  return {
    trace,
    signals,
    cause,
    facts: cause === null ? facts : withFacts(facts, causeIds(cause)),
    rootSpanId: rootSpan(trace, signals),
    weight,
  };
};

/** The first signal that says why the trace failed. A symptom and a score do not. */
export const causeOf = (signals: readonly Signal[]): Signal | null =>
  signals.find(
    ({ category, tier, detector }) =>
      category !== null && tier !== 'symptom' && tier !== 'filter' && detector !== score.id,
  ) ?? null;

/** Ids of the facts that say where a path of a cause begins: one for each of its beginnings. */
export const causeIds = (cause: Signal): readonly number[] => {
  const path = causePath(cause);
  return path.map((_, index) => hash53(causeKey(path.slice(0, index + 1))));
};
