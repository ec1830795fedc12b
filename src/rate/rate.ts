import { wilson } from '../numeric/statistics/wilson.ts';

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

/** Events per exposure; 0 without exposures. */
export const shareOf = ({ events, exposures }: Rate): number =>
  exposures > 0 ? events / exposures : 0;

/** Share and 95% Wilson interval, per 1,000. */
export function perThousand(rate: Rate): {
  readonly rate: number;
  readonly interval: readonly [number, number];
} {
  const share = shareOf(rate);
  const [low, high] = wilson(share, rate.among);
  return { rate: 1000 * share, interval: [1000 * low, 1000 * high] };
}
