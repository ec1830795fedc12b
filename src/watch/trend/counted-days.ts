import type { TrendCell, TrendRelease } from '../../contract/trend.ts';
import { countedRate } from '../../rate/rate.ts';
import { cellOf, movement } from './cause-trend.ts';
import { rateChanges } from './rate-changes.ts';
import { MILLISECONDS } from './time-groups.ts';

/** One day in UTC, with its traces and those that failed by a cause. */
export interface CountedDay {
  /** Epoch milliseconds. */
  readonly start: number;
  readonly traces: number;
  readonly failures: number;
}

interface CountedTrend extends ReturnType<typeof movement> {
  /** Without gaps. */
  readonly days: readonly (CountedDay & Omit<TrendCell, 'passShare'>)[];
  readonly releases: readonly TrendRelease[];
}

const MOST_DAYS = 90;

/**
 * The rate of a cause by day from exact counts, with change points as `trendIn` finds them.
 * @param counted in any order, without days on which nothing ran; the last 90 days are shown
 * @param released what went live when; what was there before the first day is left out
 */
export function countedDays(
  counted: readonly CountedDay[],
  released: readonly Omit<TrendRelease, 'group'>[],
): CountedTrend {
  const byStart = new Map(counted.map((each) => [each.start, each]));
  const last = Math.max(...byStart.keys());
  const first = Math.max(Math.min(...byStart.keys()), last - (MOST_DAYS - 1) * MILLISECONDS.day);
  const length = byStart.size === 0 ? 0 : Math.round((last - first) / MILLISECONDS.day) + 1;
  const all = Array.from({ length }, (_, at): CountedDay => {
    const start = first + at * MILLISECONDS.day;
    return byStart.get(start) ?? { start, traces: 0, failures: 0 };
  });
  const rates = all.map(({ failures, traces }) => countedRate(Math.min(failures, traces), traces));
  const releases = released
    .map((each) => ({ ...each, group: Math.floor((each.time - first) / MILLISECONDS.day) }))
    .filter(({ group }) => group > 0 && group < length)
    .sort((a, b) => a.time - b.time);
  return {
    days: all.map((day, at) => {
      const { passShare: _, ...cell } = cellOf(rates[at]!, { scale: 1, noRates: null });
      return { ...day, ...cell };
    }),
    releases,
    ...movement(rates, rateChanges([rates])[0] ?? null, {
      starts: all.map(({ start }) => start),
      releases,
    }),
  };
}
