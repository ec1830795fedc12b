/**
 * What a watcher looks at, in stretches of five minutes. The first begins at `start`, a whole multiple of five minutes;
 * stretches without traces have zeros. Running sums make windows of any length cost the same.
 */
export interface Series {
  /** Epoch milliseconds. */
  readonly start: number;
  /** Stretches. */
  readonly length: number;
  /** Before each stretch and in total, `length + 1` sums: traces of a rate or a count, values of a level. */
  readonly exposures: Float64Array;
  /** The same of events of a rate or a count, and of the values of a level. */
  readonly totals: Float64Array;
  /** The same of the squared values of a level; zeros for rates and counts. */
  readonly squares: Float64Array;
}

/** Milliseconds of a stretch. */
export const STRETCH = 300_000;
/** Stretches. */
export const HOUR = 12;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;
/** The windows that are looked at, in stretches: an hour, and six. */
export const LONG = 6 * HOUR;

/** Figures of each stretch. */
export interface Stretches {
  /** Epoch milliseconds; rounded down to five minutes. */
  readonly start: number;
  readonly exposures: ArrayLike<number>;
  readonly totals: ArrayLike<number>;
  readonly squares?: ArrayLike<number>;
}

export function seriesOf({ start, exposures, totals, squares }: Stretches): Series {
  const { length } = totals;
  return {
    ...{ start: Math.floor(start / STRETCH) * STRETCH, length },
    exposures: running(exposures, length),
    totals: running(totals, length),
    squares: running(squares, length),
  };
}

/** Sums of such parts are exact up to 2^33: what a window holds does not depend on where the series begins. */
const UNIT = 2 ** 20;

function running(values: ArrayLike<number> | undefined, length: number): Float64Array {
  const sums = new Float64Array(length + 1);
  for (let at = 0; at < length; at++)
    sums[at + 1] = sums[at]! + Math.round((values?.[at] ?? 0) * UNIT) / UNIT;
  return sums;
}

/** What was seen in a window. */
export interface Window {
  readonly exposures: number;
  readonly total: number;
  readonly squares: number;
}

/** The stretches from `from` up to `to`, without `to`; there is nothing before the first. */
export function windowOf(series: Series, from: number, to: number): Window {
  const left = Math.max(0, from);
  const right = Math.max(left, to);
  const between = (sums: Float64Array): number => sums[right]! - sums[left]!;
  return {
    exposures: between(series.exposures),
    total: between(series.totals),
    squares: between(series.squares),
  };
}
