import type { WatchDirection } from '../../contract/watcher.ts';
import type { History } from './history.ts';
import { usualWindow } from './history.ts';
import { FLOOR, type Measurement, type Thresholds, towards } from './measurement.ts';
import { HOUR, LONG, WEEK, windowOf } from './series.ts';

/** Weeks that are compared with. */
const WEEKS = 4;
/** Share of a window that must be usual for it to be compared with. */
const USABLE = 0.8;

/** How many are expected in a window, from so many windows before. */
interface Expected {
  readonly count: number;
  readonly windows: number;
}

/**
 * A count against the same hours of the weeks before. Counts of one hour and of six are compared with the mean of up to four
 * weeks by the square root that makes the variance of a Poisson count one (Anscombe 1948), over what weeks differ by more
 * than chance. Nothing is said in the first week: a Monday is no Sunday. In the second, alerts need `coldStart`.
 */
export function seasonal(
  history: History,
  spread: number,
  {
    thresholds,
    coldStart,
    direction,
  }: {
    readonly thresholds: Thresholds;
    readonly coldStart: number;
    readonly direction: WatchDirection;
  },
): Measurement {
  const { at, series } = history;
  const short = distance(history, HOUR, spread);
  const long = distance(history, LONG, spread);
  if (short === null || long === null) return { kind: 'learning' };
  if (Math.max(long.seen, long.expected) < FLOOR)
    return { kind: 'too few', isEmpty: windowOf(series, at - LONG, at).total === 0 };
  const isCold = short.isCold || long.isCold;
  const entry = isCold ? { short: coldStart, long: coldStart } : thresholds;
  const level = Math.min(
    towards(short.z, direction) / entry.short,
    towards(long.z, direction) / entry.long,
  );
  return { kind: 'measured', level, value: short.seen, usual: short.expected };
}

function distance(
  history: History,
  width: number,
  spread: number,
): {
  readonly z: number;
  readonly seen: number;
  readonly expected: number;
  readonly isCold: boolean;
} | null {
  const { at, series } = history;
  const seen = windowOf(series, at - width, at).total;
  const expected = expectedOf(history, at, width);
  if (expected === null) return null;
  const z = deviation(seen, expected) / Math.sqrt(spread);
  return { z, seen, expected: expected.count, isCold: expected.windows < 2 };
}

const root = (count: number): number => 2 * Math.sqrt(count + 3 / 8);

const deviation = (seen: number, { count, windows }: Expected): number =>
  (root(seen) - root(count)) / Math.sqrt(1 + 1 / windows);

/** Of the same stretches of the weeks before. */
function expectedOf(history: History, at: number, width: number): Expected | null {
  let total = 0;
  let stretches = 0;
  let windows = 0;
  for (let week = 1; week <= WEEKS; week++) {
    const end = at - week * WEEK;
    if (end - width < history.begin) break;
    const window = usualWindow(history, end - width, end);
    if (window.stretches < USABLE * width) continue;
    total += window.total;
    stretches += window.stretches;
    windows++;
  }
  return windows === 0 ? null : { count: (total / stretches) * width, windows };
}

/**
 * How much more the counts of an hour differ from week to week than Poisson counts do, as a factor of the variance, at least
 * 1: the median of the squared deviations of the last two weeks over that of a normal number.
 */
export function seasonalSpread(history: History): number {
  const squares: number[] = [];
  for (let hour = 0; hour < 2 * 7 * 24; hour++) {
    const end = history.at - hour * HOUR;
    if (end - HOUR < history.begin) break;
    if (usualWindow(history, end - HOUR, end).stretches < HOUR) continue;
    const expected = expectedOf(history, end, HOUR);
    if (expected === null) continue;
    squares.push(deviation(windowOf(history.series, end - HOUR, end).total, expected) ** 2);
  }
  return spreadOf(squares);
}

/** The median of a squared standard normal number. */
const MEDIAN_SQUARE = 0.4549;
/** Fewer windows say nothing about how much they differ. */
const FEWEST = 24;

export function spreadOf(squares: number[]): number {
  if (squares.length < FEWEST) return 1;
  squares.sort((left, right) => left - right);
  return Math.max(1, squares[Math.floor(squares.length / 2)]! / MEDIAN_SQUARE);
}
