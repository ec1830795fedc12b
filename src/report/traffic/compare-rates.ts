import type { Change } from '../../contract/traffic.ts';
import { compareProportions } from '../../numeric/statistics/compare-proportions.ts';
import { newcombe } from '../../numeric/statistics/newcombe.ts';
import { wilson } from '../../numeric/statistics/wilson.ts';
import { round } from '../round.ts';

/** Events among exposures, estimated for the input, and the whole counts that tests may take for them. */
export interface Rate {
  readonly events: number;
  readonly exposures: number;
  /** Events that were looked at, by Kish's effective size, and as many exposures as give the same rate. */
  readonly seen: number;
  readonly among: number;
}

/**
 * The rate of an estimate from members with these sampling weights. `typical` is the weight where there is none.
 * A test that takes the estimate for a count would take a sample for the whole.
 */
export function rateOf(weights: readonly number[], exposures: number, typical: number): Rate {
  let events = 0;
  let squares = 0;
  for (const weight of weights) {
    events += weight;
    squares += weight * weight;
  }
  const effective = squares > 0 ? (events * events) / squares : 0;
  const each = effective > 0 ? events / effective : Math.max(1, typical);
  const among = Math.round(exposures / each);
  const bounded = Math.min(events, exposures);
  return { events: bounded, exposures, seen: Math.min(Math.round(effective), among), among };
}

/** The rate of exact counts. */
export const countedRate = (events: number, exposures: number): Rate => ({
  events,
  exposures,
  seen: events,
  among: exposures,
});

/** Together. */
export const addedRate = (a: Rate, b: Rate): Rate => ({
  events: a.events + b.events,
  exposures: a.exposures + b.exposures,
  seen: a.seen + b.seen,
  among: a.among + b.among,
});

export const perThousand = ({ events, exposures, among }: Rate) => {
  const share = exposures > 0 ? events / exposures : 0;
  const [low, high] = wilson(share, among);
  return {
    ratePerThousand: round(1000 * share),
    rateInterval: [round(1000 * low), round(1000 * high)] as const,
  };
};

/** What must be there for a test: exposures on each side, and events together. */
export interface Floor {
  readonly exposures: number;
  readonly events: number;
}

export const VERSION_FLOOR: Floor = { exposures: 100, events: 5 };
export const TENANT_FLOOR: Floor = { exposures: 20, events: 5 };

/** p-value that two rates are equal; null where there is too little to test. */
export function testOf(a: Rate, b: Rate, floor: Floor): number | null {
  const enough =
    a.among >= floor.exposures && b.among >= floor.exposures && a.seen + b.seen >= floor.events;
  return enough ? compareProportions(a.seen, a.among, b.seen, b.among) : null;
}

export const SIGNIFICANT = 0.05;

/** @param q of the test; null where it was not tested. */
export function changeOf(from: Rate, to: Rate, q: number | null): Omit<Change, 'from' | 'to'> {
  const before = shareOf(from);
  const after = shareOf(to);
  const [low, high] = newcombe(to.seen, to.among, from.seen, from.among);
  return {
    state: stateOf(before, after, [low, high], q),
    difference: round(1000 * (after - before)),
    differenceInterval: [round(1000 * low), round(1000 * high)],
    ratio: before > 0 ? round(after / before) : null,
    q: q === null ? null : significantDigits(q),
  };
}

function stateOf(
  before: number,
  after: number,
  [low, high]: readonly [number, number],
  q: number | null,
): Change['state'] {
  if (q === null) return 'cannot tell';
  if (q < SIGNIFICANT) {
    if (before === 0) return 'new';
    if (after === 0) return 'gone';
    return after > before ? 'grown' : 'shrunk';
  }
  return isNarrow([low, high], before) ? 'same' : 'cannot tell';
}

/** The interval of a difference excludes a doubling and a halving of the rate. */
export const isNarrow = ([low, high]: readonly [number, number], rate: number): boolean =>
  high < rate && low > -rate / 2;

export const shareOf = ({ events, exposures }: Rate): number =>
  exposures > 0 ? events / exposures : 0;

export const significantDigits = (value: number): number => Number(value.toPrecision(3));
