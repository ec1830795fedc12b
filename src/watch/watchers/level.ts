import type { WatchDirection } from '../../contract/watcher.ts';
import type { History } from './history.ts';
import { usualWindow } from './history.ts';
import { FLOOR, type Measurement, towards } from './measurement.ts';
import { DAY, HOUR, LONG, type Window, windowOf } from './series.ts';

/** What is usual comes from so many days. */
const DAYS = 14;
/** Fewer hours do not tell how much a mean differs from hour to hour. */
const FEWEST_HOURS = 24;

/**
 * How the mean of each full hour differs from that of the two weeks before, in standard deviations, as it is added up by
 * one of two charts:
 *
 * - `ewma`, the mean in which an hour counts 0.3 and what was before 0.7 (Roberts 1959): for levels.
 * - `cusum`, the sum of what exceeds half a standard deviation (Page 1954): for slow shifts.
 */
export type Chart = 'ewma' | 'cusum';

const WEIGHT = 0.4;
const ALLOWANCE = 0.5;
/**
 * Standard deviations of the smoothed mean at which an alert begins, and the sum that begins one. Without a change, hours
 * that differ by chance alone exceed either once in half a year or more (`watcher-trials.test.ts`).
 */
const EWMA_LIMIT = 4;
const CUSUM_LIMIT = 8;
/** One hour, however odd, does not begin an alert of slow shifts by itself. */
const MOST = 6;

/** What a chart has added up; goes from hour to hour. */
export interface LevelSums {
  readonly up: number;
  readonly down: number;
  readonly measurement: Measurement;
}

export const NO_SUMS: LevelSums = { up: 0, down: 0, measurement: { kind: 'learning' } };

/** The sums after the hour that ended where the history was read to, a full hour. */
export function nextHour(
  history: History,
  before: LevelSums,
  { chart, direction }: { readonly chart: Chart; readonly direction: WatchDirection },
): LevelSums {
  const { at, series } = history;
  const none = (measurement: Measurement): LevelSums => ({ ...before, measurement });
  const usual = usualLevel(history, at - HOUR);
  if (usual === null) return { ...NO_SUMS, measurement: { kind: 'learning' } };
  const long = windowOf(series, at - LONG, at);
  if (long.exposures === 0 && usual.exposures * (LONG / HOUR) >= FLOOR)
    return none({ kind: 'stopped', usual: usual.mean });
  if (long.exposures < FLOOR) return none({ kind: 'too few', isEmpty: long.exposures === 0 });
  const blind = blindValue(windowOf(series, at - DAY, at), usual);
  if (blind !== null) return none({ kind: 'blind', value: blind, usual: usual.mean });
  const hour = windowOf(series, at - HOUR, at);
  if (hour.exposures === 0) return before;
  const mean = hour.total / hour.exposures;
  const variance = usual.within / hour.exposures + usual.between + usual.uncertainty;
  if (variance < TINY * (1 + usual.mean ** 2))
    return Math.abs(mean - usual.mean) < Math.sqrt(TINY) * (1 + Math.abs(usual.mean))
      ? { ...NO_SUMS, measurement: { kind: 'constant' } }
      : { ...NO_SUMS, measurement: measured(2, mean, usual.mean) };
  const z = (mean - usual.mean) / Math.sqrt(variance);
  const sums = added(before, z, chart);
  const level =
    chart === 'ewma'
      ? towards(sums.up / Math.sqrt(WEIGHT / (2 - WEIGHT)), direction) / EWMA_LIMIT
      : (direction === 'up'
          ? sums.up
          : direction === 'down'
            ? sums.down
            : Math.max(sums.up, sums.down)) / CUSUM_LIMIT;
  return { ...sums, measurement: measured(level, mean, usual.mean) };
}

/** The value that all traces of a day have; null where they differ, or never differed. */
function blindValue({ exposures, total, squares }: Window, usual: UsualLevel): number | null {
  if (exposures < FLOOR || usual.within === 0) return null;
  const mean = total / exposures;
  const isSame = squares - exposures * mean * mean < SAME * exposures * (1 + mean * mean);
  return isSame && !isLikely(mean, exposures, usual) ? mean : null;
}

/** Of scores that pass or fail, a day without the rarer one may be a day like any other. */
function isLikely(value: number, exposures: number, { mean, within }: UsualLevel): boolean {
  const isPassOrFail = (value === 0 || value === 1) && within >= NEARLY * mean * (1 - mean);
  return isPassOrFail && (value === 1 ? mean : 1 - mean) ** exposures > CHANCE;
}

/** Values between 0 and 1 vary as much as that only where all are 0 or 1. */
const NEARLY = 0.9;
/** A day that is less likely is no day like any other. */
const CHANCE = 0.001;

/** Relative to the squared mean: what sums of rounded squares may differ by. */
const SAME = 1e-6;

const measured = (level: number, value: number, usual: number): Measurement => ({
  ...{ kind: 'measured', level, value, usual },
});

function added(
  { up, down }: LevelSums,
  z: number,
  chart: Chart,
): { readonly up: number; readonly down: number } {
  if (chart === 'ewma') return { up: WEIGHT * z + (1 - WEIGHT) * up, down: 0 };
  const step = Math.max(-MOST, Math.min(MOST, z));
  // A sum that grew without end would take days to come back.
  const bounded = (sum: number): number => Math.min(Math.max(0, sum), 2 * CUSUM_LIMIT);
  return { up: bounded(up + step - ALLOWANCE), down: bounded(down - step - ALLOWANCE) };
}

/** Relative to the squared mean: rounding of sums of squares. */
const TINY = 1e-12;

interface UsualLevel {
  readonly mean: number;
  /** Values of an hour. */
  readonly exposures: number;
  /** Variance of a value within an hour, and of an hour's mean beyond that. */
  readonly within: number;
  readonly between: number;
  /** Variance of the mean itself. */
  readonly uncertainty: number;
}

/**
 * The mean of the hours before, each hour once, and where its variance comes from (the moments of DerSimonian and
 * Laird 1986). Hours around a lunch break differ alike each day: what hours have in common is not taken apart, it makes the
 * variance between them larger.
 */
function usualLevel(history: History, end: number): UsualLevel | null {
  let hours = 0;
  let sum = 0;
  let squares = 0;
  let squaredDeviations = 0;
  let freedom = 0;
  let inverse = 0;
  let exposures = 0;
  for (let to = end; to > end - DAYS * DAY && to - HOUR >= history.begin; to -= HOUR) {
    const window = usualWindow(history, to - HOUR, to);
    if (window.stretches < HOUR || window.exposures === 0) continue;
    const mean = window.total / window.exposures;
    hours++;
    sum += mean;
    squares += mean * mean;
    squaredDeviations += Math.max(0, window.squares - window.exposures * mean * mean);
    freedom += Math.max(0, window.exposures - 1);
    inverse += 1 / window.exposures;
    exposures += window.exposures;
  }
  if (hours < FEWEST_HOURS) return null;
  const mean = sum / hours;
  const within = freedom > 0 ? squaredDeviations / freedom : 0;
  const total = Math.max(0, (squares - hours * mean * mean) / (hours - 1));
  return {
    ...{ mean, within, exposures: exposures / hours },
    between: Math.max(0, total - (within * inverse) / hours),
    uncertainty: total / hours,
  };
}
