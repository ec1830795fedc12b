import type { MixShift } from '../../contract/diff.ts';
import { sameDistribution } from '../../numeric/statistics/chi-square.ts';
import { significantDigits } from '../../rate/rate-change.ts';
import { round } from '../../text/round.ts';
import type { Strata } from './strata.ts';

/** Two sides of one population do not differ so much by chance. */
export const ALARM = 0.001;

/** How the mix of two sides differs; `before` and `after` are traces by stratum. */
export function mixShift(
  { by, names }: Strata,
  { before, after }: { readonly before: readonly number[]; readonly after: readonly number[] },
): MixShift {
  const p = sameDistribution(before, after);
  const [all, later] = [sum(before), sum(after)];
  const shares = names
    .map((value, at) => ({
      value,
      before: all > 0 ? before[at]! / all : 0,
      after: later > 0 ? after[at]! / later : 0,
    }))
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  const [most] = shares;
  return {
    by,
    p: significantDigits(p),
    isAlarm: p < ALARM,
    most:
      most === undefined
        ? null
        : { value: most.value, before: round(most.before), after: round(most.after) },
  };
}

const sum = (counts: readonly number[]): number => counts.reduce((total, each) => total + each, 0);
