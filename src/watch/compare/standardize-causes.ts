import type { Standardized } from '../../contract/diff.ts';
import type { Rate } from '../../rate/rate.ts';
import { adjust, type RateChange, SIGNIFICANT, significantDigits } from '../../rate/rate-change.ts';
import { type StandardizedRates, standardizedRates } from '../../rate/standardized-rates.ts';
import { round } from '../../text/round.ts';
import type { CauseEvents } from '../causes/cause-events.ts';
import type { Strata } from '../mix/strata.ts';
import { type StrataSizes, strataTable } from './cause-rates.ts';

/** Half of a difference gone, or twice the difference: less is no disagreement. */
const CLEAR = 0.5;

interface Cause {
  readonly events: CauseEvents;
  readonly rates: readonly [Rate, Rate];
  readonly change: RateChange;
  /** Of the raw comparison; null where it was not tested. */
  readonly q: number | null;
}

/** The rates of each tested cause with the same mix on both sides. The tests of all are corrected together. */
export function standardizeCauses(
  causes: readonly Cause[],
  strata: readonly { readonly strata: Strata; readonly sizes: StrataSizes }[],
  sideOf: Int8Array,
): readonly (readonly Standardized[])[] {
  const found = causes.map(({ events, rates, q }) =>
    q === null
      ? []
      : strata.flatMap(({ strata: each, sizes }) => {
          const made = standardizedRates(strataTable(each, sizes, events, sideOf, rates));
          return made === null ? [] : [{ by: each.by, ...made }];
        }),
  );
  const qs = adjust(found.flat().map(({ p }) => p)).values();
  return found.map((ofCause, at) =>
    ofCause.map((each) => {
      const q = qs.next().value ?? 1;
      return {
        by: each.by,
        strata: each.strata,
        covered: round(each.covered),
        before: round(1000 * each.before),
        after: round(1000 * each.after),
        difference: round(1000 * each.difference),
        differenceInterval: [round(1000 * each.interval[0]), round(1000 * each.interval[1])],
        p: significantDigits(each.p),
        q: significantDigits(q),
        disagrees: disagrees(causes[at]!, each, q),
      };
    }),
  );
}

function disagrees({ change, q }: Cause, { difference }: StandardizedRates, own: number): boolean {
  const isRaw = q !== null && q < SIGNIFICANT;
  const isStandardized = own < SIGNIFICANT;
  if (isRaw && isStandardized) return change.difference * difference < 0;
  if (!isRaw && !isStandardized) return false;
  const [smaller, larger] = isRaw
    ? [difference * Math.sign(change.difference), Math.abs(change.difference)]
    : [change.difference * Math.sign(difference), Math.abs(difference)];
  return smaller < CLEAR * larger;
}
