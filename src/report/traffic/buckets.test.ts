import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TimeHistogram } from '../../detect/population/time-histogram.ts';
import { bucketAt, coarseBuckets } from './buckets.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const JUNE = Date.UTC(2026, 5, 1);

const coarse = (...times: readonly number[]) => {
  const histogram = new TimeHistogram();
  for (const time of times) histogram.add(time, false);
  return coarseBuckets(histogram.buckets());
};

describe('time in buckets', () => {
  test.each([
    [7 * HOUR, 15 * 60_000],
    [2 * DAY, 2 * HOUR],
    [12 * DAY, 12 * HOUR],
    [40 * DAY, 2 * DAY],
    [200 * DAY, 7 * DAY],
    [2_000 * DAY, 84 * DAY],
  ])('a period of %i ms has buckets of %i ms', (period, width) => {
    expect(coarse(JUNE, JUNE + period)?.width).toBe(width);
  });

  test('there is nothing to draw without times or for one moment', () => {
    expect(coarse()).toBe(null);
    expect(coarse(JUNE)).toBe(null);
    expect(coarse(JUNE, JUNE + 100)).toBe(null);
  });

  test('2 to 32 buckets hold every trace at its time', () => {
    const time = fc.integer({ min: 0, max: 3_000 * DAY });
    fc.assert(
      fc.property(fc.array(time, { minLength: 2, maxLength: 40 }), (times) => {
        const buckets = coarse(...times);
        if (buckets === null) return;
        expect(buckets.traces.length).toBeGreaterThanOrEqual(2);
        expect(buckets.traces.length).toBeLessThanOrEqual(32);
        const counts = buckets.traces.map(() => 0);
        for (const each of times) counts[bucketAt(buckets, each)]! += 1;
        expect(counts).toEqual(buckets.traces);
      }),
    );
  });

  test('what lies outside is in no bucket', () => {
    const buckets = coarse(JUNE, JUNE + DAY)!;
    expect(bucketAt(buckets, null)).toBe(-1);
    expect(bucketAt(buckets, buckets.start - 1)).toBe(-1);
    expect(bucketAt(buckets, buckets.start + buckets.width * buckets.traces.length)).toBe(-1);
  });
});
