import { mantelHaenszel, type Stratum } from '../numeric/statistics/mantel-haenszel.ts';
import { standardizeProportions } from '../numeric/statistics/standardize.ts';

/** Two rates with the mix of both sides together, by strata that have enough of both. */
export interface StandardizedRates {
  readonly strata: number;
  /** Share of the exposures of both sides that they hold. */
  readonly covered: number;
  readonly before: number;
  readonly after: number;
  readonly difference: number;
  readonly interval: readonly [number, number];
  readonly p: number;
}

/** Fewer exposures on a side say nothing of a stratum. */
const LEAST = 10;
/** Below this share of the exposures, the rates are of other traffic. */
const COVERED = 0.8;

/**
 * Rates of two sides by stratum, standardized; `n1`, `k1` are after, `n2`, `k2` before. Null where fewer than two strata
 * have ten exposures of both sides, or hold less than four fifths of all.
 */
export function standardizedRates(strata: readonly Stratum[]): StandardizedRates | null {
  const total = strata.reduce((sum, { n1, n2 }) => sum + n1 + n2, 0);
  const used = strata.filter(({ n1, n2 }) => n1 >= LEAST && n2 >= LEAST);
  const covered = used.reduce((sum, { n1, n2 }) => sum + n1 + n2, 0) / total;
  if (used.length < 2 || !(covered >= COVERED)) return null;
  const { first, second, difference, interval } = standardizeProportions(used);
  return {
    strata: used.length,
    covered,
    before: second,
    after: first,
    difference,
    interval,
    p: mantelHaenszel(used).p,
  };
}
