import { type Series, STRETCH, type Window } from './series.ts';

/**
 * A series read from its beginning, and which of it is an example of what is usual: not what was seen during an alert.
 * What a watcher knows at a time depends on what came before it alone, so a run that catches up knows the same.
 */
export interface History {
  readonly series: Series;
  /** Stretches read. */
  at: number;
  /** Nothing before this stretch is an example any more: the level changed for good. */
  begin: number;
  readonly usual: {
    readonly stretches: Float64Array;
    readonly exposures: Float64Array;
    readonly totals: Float64Array;
    readonly squares: Float64Array;
  };
}

export function historyOf(series: Series): History {
  const sums = (): Float64Array => new Float64Array(series.length + 1);
  return {
    ...{ series, at: 0, begin: 0 },
    usual: { stretches: sums(), exposures: sums(), totals: sums(), squares: sums() },
  };
}

/** Reads the next stretch. */
export function readStretch(history: History, isUsual: boolean): void {
  const { series, usual, at } = history;
  const add = (to: Float64Array, from: Float64Array): void => {
    to[at + 1] = to[at]! + (isUsual ? from[at + 1]! - from[at]! : 0);
  };
  usual.stretches[at + 1] = usual.stretches[at]! + Number(isUsual);
  add(usual.exposures, series.exposures);
  add(usual.totals, series.totals);
  add(usual.squares, series.squares);
  history.at = at + 1;
}

/** What was usual from `from` up to `to`; nothing of it before the level changed for good. */
export function usualWindow(
  { usual, at, begin }: History,
  from: number,
  to: number,
): Window & { readonly stretches: number } {
  const left = Math.max(begin, from, 0);
  const right = Math.max(left, Math.min(to, at));
  const between = (sums: Float64Array): number => sums[right]! - sums[left]!;
  return {
    stretches: between(usual.stretches),
    exposures: between(usual.exposures),
    total: between(usual.totals),
    squares: between(usual.squares),
  };
}

/** Epoch milliseconds of the end of what was read. */
export const timeOf = ({ series, at }: History): number => series.start + at * STRETCH;
