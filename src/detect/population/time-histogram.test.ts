import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TimeHistogram } from './time-histogram.ts';

const DAY = 86_400_000;
const JUNE = Date.UTC(2026, 5, 1);

const filled = (times: readonly number[]): TimeHistogram => {
  const histogram = new TimeHistogram();
  for (const time of times) histogram.add(time, time % 2 === 0);
  return histogram;
};

describe('times of traces', () => {
  test('has one bucket for one moment', () => {
    expect(filled([JUNE]).buckets()).toEqual({
      start: JUNE,
      width: 1000,
      traces: [1],
      failed: [1],
    });
  });

  test('widens until the period fits into 1,024 buckets', () => {
    const buckets = filled([JUNE, JUNE + 12 * DAY]).buckets();
    expect(buckets?.width).toBe(3_600_000);
    expect(buckets?.traces.length).toBe(289);
    expect(buckets?.start).toBe(JUNE);
  });

  test('begins weeks on a Monday', () => {
    const { start } = filled([Date.UTC(2020, 0, 1), Date.UTC(2026, 0, 1)]).buckets()!;
    expect(new Date(start).getUTCDay()).toBe(1);
  });

  test('is the same for any order and any division, and loses no trace', () => {
    const time = fc.oneof(
      fc.integer({ min: JUNE, max: JUNE + 30 * DAY }),
      fc.integer({ min: 0, max: 2_000 * 365 * DAY }),
    );
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 60 }), fc.nat(60), (times, cut) => {
        const whole = filled(times).buckets()!;
        const merged = filled(times.slice(cut));
        merged.merge(filled(times.slice(0, cut).toReversed()).state());
        expect(merged.buckets()).toEqual(whole);
        expect(whole.traces.reduce((sum, count) => sum + count, 0)).toBe(times.length);
        expect(whole.traces.length).toBeLessThanOrEqual(1024);
        expect(whole.traces[0]).toBeGreaterThan(0);
        for (const each of times) {
          const bucket = Math.floor((each - whole.start) / whole.width);
          expect(whole.traces[bucket]).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('leaves out what is no time', () => {
    expect(filled([1e17, Number.POSITIVE_INFINITY]).buckets()).toBe(null);
  });
});
