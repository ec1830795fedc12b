import type { Comparison } from '../../contract/verdict.ts';
import { mcnemar } from '../../numeric/statistics/mcnemar.ts';
import { newcombePaired } from '../../numeric/statistics/newcombe-paired.ts';
import { powerOfSlice } from '../../numeric/statistics/power.ts';
import type { Tries } from './case-verdict.ts';
import type { CountedCase } from './judge-cases.ts';

/**
 * Candidate against baseline on the slice cases that both decided; null without any. The case is the unit: its rate is
 * that of its attempts, and counts as better or worse by which side passed more often. For one attempt each this is
 * exact McNemar, for several the sign test, the same binomial test of the cases that differ.
 */
export function compareSlice(
  counted: readonly CountedCase[],
  smallestEffect: number,
): Omit<Comparison, 'adjusted'> | null {
  const pairs = counted.flatMap(({ outcomes, now, before }) =>
    outcomes.role === 'slice' &&
    outcomes.broken === null &&
    now.rate !== null &&
    before !== null &&
    before.rate !== null
      ? [{ now, before }]
      : [],
  );
  if (pairs.length === 0) return null;
  const better = pairs.filter(({ now, before }) => isBetter(now, before)).length;
  const worse = pairs.filter(({ now, before }) => isBetter(before, now)).length;
  const test = mcnemar(better, worse);
  const after = pairs.map(({ now }) => now.rate ?? 0);
  const earlier = pairs.map(({ before }) => before.rate ?? 0);
  return {
    cases: pairs.length,
    better,
    worse,
    before: mean(earlier),
    after: mean(after),
    difference: mean(after) - mean(earlier),
    interval: newcombePaired(earlier, after),
    p: test?.p ?? null,
    midP: test?.midP ?? null,
    power: powerOfSlice(pairs.length, smallestEffect),
  };
}

/** Whether the first passed more often, without rounding. */
const isBetter = (a: Tries, b: Tries): boolean => a.passed * b.decided > b.passed * a.decided;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
