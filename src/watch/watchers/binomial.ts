import type { WatchDirection } from '../../contract/watcher.ts';
import { binomialAtLeast, binomialAtMost } from '../../numeric/statistics/binomial.ts';
import { normalQuantile } from '../../numeric/statistics/normal.ts';
import type { History } from './history.ts';
import { usualWindow } from './history.ts';
import { FLOOR, type Measurement, type Thresholds, towards } from './measurement.ts';
import { spreadOf } from './seasonal.ts';
import { DAY, HOUR, LONG, type Window, windowOf } from './series.ts';

/** What is usual comes from so many days. */
const DAYS = 14;
/** The highest level that fewer events than `FLOOR` reach: a warning. */
const FEW = 0.99;
/** Fewer traces do not tell a rate. */
const FEWEST_EXPOSURES = 200;

/** A rate and the traces that it comes from. */
interface UsualRate {
  readonly rate: number;
  readonly exposures: number;
}

/**
 * A rate against that of the two weeks before, by the exact binomial chance of what was seen in one hour and in six, as
 * standard deviations of a normal number; less where the usual rate is uncertain or differs more from hour to hour than by
 * chance.
 */
export function binomialRate(
  history: History,
  spread: number,
  {
    thresholds,
    direction,
  }: { readonly thresholds: Thresholds; readonly direction: WatchDirection },
): Measurement {
  const { at, series } = history;
  const usual = usualRate(history, at - LONG);
  if (usual === null) return { kind: 'learning' };
  const long = windowOf(series, at - LONG, at);
  if (long.exposures < FLOOR) return { kind: 'too few', isEmpty: long.exposures === 0 };
  const short = windowOf(series, at - HOUR, at);
  const scale = Math.sqrt(spread);
  const level = Math.min(
    towards(deviation(short, usual) / scale, direction) / thresholds.short,
    towards(deviation(long, usual) / scale, direction) / thresholds.long,
  );
  return {
    ...{ kind: 'measured', usual: usual.rate },
    level: Math.max(long.total, long.exposures * usual.rate) < FLOOR ? Math.min(level, FEW) : level,
    value: short.exposures > 0 ? short.total / short.exposures : long.total / long.exposures,
  };
}

function usualRate(history: History, end: number): UsualRate | null {
  const window = usualWindow(history, end - DAYS * DAY, end);
  if (window.stretches < DAY || window.exposures < FEWEST_EXPOSURES) return null;
  // One event of none seen (Laplace 1814): a rate of 0 would make the first event impossible.
  return {
    rate: (window.total + 1) / (window.exposures + 2),
    exposures: window.exposures,
  };
}

/** How far the events of a window are from the usual rate, in standard deviations; 0 without traces. */
function deviation({ total, exposures }: Window, { rate, exposures: known }: UsualRate): number {
  if (exposures === 0) return 0;
  const [n, k] = [Math.round(exposures), Math.round(total)];
  const uncertainty = Math.sqrt(1 + exposures / known);
  const score = (k - n * rate) / Math.sqrt(n * rate * (1 - rate));
  // Far from any threshold the score is close enough.
  if (Math.abs(score) < NEAR) return score / uncertainty;
  const z =
    score > 0
      ? Math.max(0, normalQuantile(binomialAtLeast(k, n, rate) || Number.MIN_VALUE))
      : Math.min(0, -normalQuantile(binomialAtMost(k, n, rate) || Number.MIN_VALUE));
  return z / uncertainty;
}

const NEAR = 1;

/** How much more the rate of an hour differs than binomial rates do, as a factor of the variance, at least 1. */
export function binomialSpread(history: History): number {
  const usual = usualRate(history, history.at - LONG);
  if (usual === null) return 1;
  const squares: number[] = [];
  for (let hour = 0; hour < DAYS * 24; hour++) {
    const end = history.at - LONG - hour * HOUR;
    if (end - HOUR < history.begin) break;
    const window = usualWindow(history, end - HOUR, end);
    if (window.stretches < HOUR || window.exposures === 0) continue;
    const expected = window.exposures * usual.rate;
    // Counts of one or two do not show more than chance.
    if (expected < 3) continue;
    squares.push((window.total - expected) ** 2 / (expected * (1 - usual.rate)));
  }
  return spreadOf(squares);
}
