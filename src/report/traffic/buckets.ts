import type { Buckets } from '../../contract/traffic.ts';

const MOST = 32;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday. */
const ORIGIN = 4 * DAY;

/** Widths that people count in. */
const WIDTHS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((count) => count * HOUR),
  ...[1, 2, 3, 7, 14, 28, 56, 84, 168, 364].map((count) => count * DAY),
];

/**
 * Joins fine buckets into at most 32, of the narrowest width that people count in and that holds whole fine ones.
 * Null for nothing and for a single one, where there is nothing to compare.
 */
export function coarseBuckets(fine: Buckets | null): Buckets | null {
  if (fine === null) return null;
  const last = fine.start + fine.width * (fine.traces.length - 1);
  const width = widthFor(fine, last);
  const bucketOf = (time: number): number => Math.floor((time - ORIGIN) / width);
  const first = bucketOf(fine.start);
  const count = bucketOf(last) - first + 1;
  if (count < 2) return null;
  const traces = Array<number>(count).fill(0);
  const failed = Array<number>(count).fill(0);
  for (const [index, each] of fine.traces.entries()) {
    const at = bucketOf(fine.start + index * fine.width) - first;
    traces[at]! += each;
    failed[at]! += fine.failed[index]!;
  }
  return { start: ORIGIN + first * width, width, traces, failed };
}

function widthFor(fine: Buckets, last: number): number {
  const fits = (width: number): boolean =>
    width % fine.width === 0 &&
    Math.floor((last - ORIGIN) / width) - Math.floor((fine.start - ORIGIN) / width) < MOST;
  const known = WIDTHS.find(fits);
  if (known !== undefined) return known;
  let width = fine.width;
  while (!fits(width)) width *= 2;
  return width;
}

/** The bucket of a time, from 0; −1 outside and without a time. */
export function bucketAt(buckets: Buckets, time: number | null): number {
  if (time === null) return -1;
  const at = Math.floor((time - buckets.start) / buckets.width);
  return at >= 0 && at < buckets.traces.length ? at : -1;
}
