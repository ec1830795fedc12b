import type { LedgerScore } from '../../contract/ledger.ts';
import type { TrendScore } from '../../contract/trend.ts';
import { dispersion, meanPenalty } from '../../numeric/statistics/change-penalty.ts';
import { pelt } from '../../numeric/statistics/pelt.ts';
import { meanCost } from '../../numeric/statistics/segment-cost.ts';
import { studentInterval } from '../../numeric/statistics/student.ts';
import { wilson } from '../../numeric/statistics/wilson.ts';
import { round } from '../../text/round.ts';
import { FEWEST_GROUPS } from './rate-changes.ts';

/** Sums of the values of a score. */
export interface ScoreSum {
  count: number;
  total: number;
  /** Around `center`, so that squares do not swallow the differences. */
  squares: number;
}

export interface ScoreSums {
  readonly center: number;
  /** Every value is 0 or 1. */
  readonly isBinary: boolean;
  readonly groups: readonly ScoreSum[];
}

/** @param of of each row of the ledger its group; -1 in none. */
export function scoreSums(
  { rows, values }: LedgerScore,
  of: ArrayLike<number>,
  groups: number,
): ScoreSums {
  const center = values[0] ?? 0;
  const sums = Array.from({ length: groups }, (): ScoreSum => ({ count: 0, total: 0, squares: 0 }));
  let isBinary = true;
  for (const [at, value] of values.entries()) {
    const sum = sums[of[rows[at]!]!];
    if (sum === undefined) continue;
    if (value !== 0 && value !== 1) isBinary = false;
    sum.count += 1;
    sum.total += value - center;
    sum.squares += (value - center) ** 2;
  }
  return { center, isBinary, groups: sums };
}

const joined = (sums: readonly ScoreSum[]): ScoreSum =>
  sums.reduce(
    (all, each) => ({
      count: all.count + each.count,
      total: all.total + each.total,
      squares: all.squares + each.squares,
    }),
    { count: 0, total: 0, squares: 0 },
  );

/** Mean and 95% interval, to a thousandth. */
export function meanOf(
  { count, total, squares }: ScoreSum,
  { center, isBinary }: ScoreSums,
): TrendScore['cells'][number] {
  if (count === 0) return { traces: 0, mean: null, interval: null };
  const mean = center + total / count;
  const interval = isBinary
    ? wilson(mean, count)
    : studentInterval(count, mean, Math.sqrt(varianceOf({ count, total, squares })));
  return {
    traces: Math.round(count),
    mean: round(mean),
    interval: interval === null ? null : [round(interval[0]), round(interval[1])],
  };
}

const varianceOf = ({ count, total, squares }: ScoreSum): number =>
  count < 2 ? 0 : Math.max(0, squares - (total * total) / count) / (count - 1);

/** The means of the last `window` groups, group by group. */
export const rollingMeans = (
  sums: ScoreSums,
  window: number,
): readonly TrendScore['cells'][number][] =>
  sums.groups.map((_, end) =>
    meanOf(joined(sums.groups.slice(Math.max(0, end + 1 - window), end + 1)), sums),
  );

const FEWEST_VALUES = 100;

/**
 * Where the mean of a score moved to another level; null where there is too little to look at, or nothing moves.
 * @param series scores that are looked at together.
 */
export function meanChanges(sums: ScoreSums, series: number): readonly number[] | null {
  const used = sums.groups.flatMap(({ count }, at) => (count > 0 ? [at] : []));
  const values = used.reduce((sum, at) => sum + sums.groups[at]!.count, 0);
  if (used.length < FEWEST_GROUPS || values < FEWEST_VALUES) return null;
  const within = used.reduce((sum, at) => {
    const { count, total, squares } = sums.groups[at]!;
    return sum + squares - (total * total) / count;
  }, 0);
  const variance = within / Math.max(1, values - used.length);
  if (!(variance > 0)) return null;
  const counts = sums.groups.map(({ count }) => count);
  const means = sums.groups.map(({ count, total }) => (count > 0 ? total / count : 0));
  const spread = dispersion(
    used.map((at) => means[at]!),
    used.map((at) => variance / counts[at]!),
  );
  return pelt(
    counts.length,
    meanCost(
      means,
      counts.map((count) => count / variance),
    ),
    meanPenalty(counts, { series }) * spread,
  );
}
