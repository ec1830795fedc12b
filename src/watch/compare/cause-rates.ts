import type { Stratum } from '../../numeric/statistics/mantel-haenszel.ts';
import { countedRate, type Rate, rateOf } from '../../rate/rate.ts';
import type { CauseEvents } from '../causes/cause-events.ts';
import type { Strata } from '../mix/strata.ts';
import { AFTER, BEFORE } from '../sides/sides.ts';

/** The rate of a cause on one side. `typical`: the mean sampling weight. */
export function rateOn(
  side: number,
  { rows, weights, isEstimate }: CauseEvents,
  sideOf: Int8Array,
  exposures: number,
  typical: number,
): Rate {
  const own = weights.filter((_, at) => sideOf[rows[at]!] === side);
  return isEstimate ? rateOf(own, exposures, typical) : countedRate(own.length, exposures);
}

/** Exposures of both sides in each stratum. */
export interface StrataSizes {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export function sizesOf({ names, of }: Strata, sideOf: Int8Array): StrataSizes {
  const before = new Array<number>(names.length).fill(0);
  const after = new Array<number>(names.length).fill(0);
  for (const [row, stratum] of of.entries()) {
    if (stratum < 0) continue;
    if (sideOf[row] === BEFORE) before[stratum]! += 1;
    else if (sideOf[row] === AFTER) after[stratum]! += 1;
  }
  return { before, after };
}

/**
 * The cause in each stratum. Of estimates only as many events and exposures count as were looked at (Kish), like in the
 * comparison of the whole sides.
 */
export function strataTable(
  { of }: Strata,
  sizes: StrataSizes,
  { rows, weights }: CauseEvents,
  sideOf: Int8Array,
  [before, after]: readonly [Rate, Rate],
): readonly Stratum[] {
  const events = [sizes.before.map(() => 0), sizes.after.map(() => 0)] as const;
  for (const [at, row] of rows.entries()) {
    const stratum = of[row]!;
    const side = sideOf[row]!;
    if (stratum >= 0 && side >= 0) events[side as 0 | 1][stratum]! += weights[at]!;
  }
  const scale = ({ among, exposures }: Rate): number => (exposures > 0 ? among / exposures : 1);
  const [ofBefore, ofAfter] = [scale(before), scale(after)];
  return sizes.before.map((size, stratum) => {
    const n1 = sizes.after[stratum]! * ofAfter;
    const n2 = size * ofBefore;
    return {
      k1: Math.min(n1, events[AFTER][stratum]! * ofAfter),
      n1,
      k2: Math.min(n2, events[BEFORE][stratum]! * ofBefore),
      n2,
    };
  });
}
