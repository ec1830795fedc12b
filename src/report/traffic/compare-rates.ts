import type { Change } from '../../contract/traffic.ts';
import { type Rate, perThousand as ratePerThousand } from '../../rate/rate.ts';
import { rateChange, significantDigits } from '../../rate/rate-change.ts';
import { round } from '../../text/round.ts';

/** The rate as the record keeps it. */
export function perThousand(of: Rate) {
  const { rate, interval } = ratePerThousand(of);
  const rateInterval = [round(interval[0]), round(interval[1])] as const;
  return { ratePerThousand: round(rate), rateInterval };
}

/** The change as the record keeps it, rates per 1,000. `q` of the test; null where it was not tested. */
export function changeOf(from: Rate, to: Rate, q: number | null): Omit<Change, 'from' | 'to'> {
  const { state, difference, interval, ratio } = rateChange(from, to, q);
  return {
    state,
    difference: round(1000 * difference),
    differenceInterval: [round(1000 * interval[0]), round(1000 * interval[1])],
    ratio: ratio === null ? null : round(ratio),
    q: q === null ? null : significantDigits(q),
  };
}
