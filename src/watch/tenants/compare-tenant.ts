import { compareProportions } from '../../numeric/statistics/compare-proportions.ts';
import { mantelHaenszel, type Stratum } from '../../numeric/statistics/mantel-haenszel.ts';
import { stratifiedExact } from '../../numeric/statistics/stratified-exact.ts';
import { TENANT_FLOOR } from '../../rate/rate-change.ts';

/** A tenant against the rest with the same mix of traffic. */
export interface TenantComparison {
  /** Failures at the rates of the rest, by indirect standardization, among the traces that have any to compare with. */
  readonly expected: number;
  /** Failures ÷ expected; null where none is expected. */
  readonly lift: number | null;
  /** 95%, on the scale of logarithms; null where the lift is 0 or null. */
  readonly interval: readonly [number, number] | null;
  /** Null below the floor. */
  readonly p: number | null;
}

/** Below this, tests that rest on large counts are not close enough. */
const EXPECTED = 5;
const Z95 = 1.959963984540054;
/** Above as many failures the exact test takes too long; then the other is close enough. */
const MOST_EXACT = 2_000;

/**
 * @param strata the tenant as the first group, the rest as the second; counts of what was looked at.
 * @param each how many traces of the input stand for one of these.
 */
export function compareTenant(strata: readonly Stratum[], each: number): TenantComparison {
  const shared = strata.filter(({ n1, n2 }) => n1 > 0 && n2 > 0);
  let seen = 0;
  let expected = 0;
  let ofSeen = 0;
  let ofExpected = 0;
  const total = { n1: 0, n2: 0, k1: 0, k2: 0 };
  for (const { k1, n1, k2, n2 } of shared) {
    const [own, usual] = [k1 / n1, k2 / n2];
    seen += k1;
    expected += n1 * usual;
    ofSeen += k1 * (1 - own);
    ofExpected += (n1 * n1 * usual * (1 - usual)) / n2;
    total.n1 += n1;
    total.n2 += n2;
    total.k1 += k1;
    total.k2 += k2;
  }
  const lift = expected > 0 ? seen / expected : null;
  const spread = Z95 * Math.sqrt(ofSeen / (seen * seen) + ofExpected / (expected * expected));
  const hasFloor =
    Math.min(total.n1, total.n2) >= TENANT_FLOOR.exposures &&
    total.k1 + total.k2 >= TENANT_FLOOR.events;
  return {
    expected: expected * each,
    lift,
    interval:
      lift !== null && lift > 0 ? [lift * Math.exp(-spread), lift * Math.exp(spread)] : null,
    p: hasFloor ? testOf(shared, expected, total) : null,
  };
}

function testOf(strata: readonly Stratum[], expected: number, total: Stratum): number {
  const whole = strata.map(rounded);
  const [only] = whole;
  if (whole.length === 1 && only !== undefined)
    return compareProportions(only.k1, only.n1, only.k2, only.n2);
  const marked = total.k1 + total.k2;
  const ofFirst = strata.reduce((sum, { k1, n1, k2, n2 }) => sum + (n1 * (k1 + k2)) / (n1 + n2), 0);
  const rarest = Math.min(expected, ofFirst, marked - ofFirst);
  return rarest < EXPECTED && marked <= MOST_EXACT
    ? stratifiedExact(whole)
    : mantelHaenszel(strata).p;
}

function rounded({ k1, n1, k2, n2 }: Stratum): Stratum {
  const [first, second] = [Math.round(n1), Math.round(n2)];
  return {
    n1: first,
    n2: second,
    k1: Math.min(first, Math.round(k1)),
    k2: Math.min(second, Math.round(k2)),
  };
}
