import { describe, expect, it } from 'vitest';
import { timeOf, timeOfNanoseconds } from './time.ts';

const TIME = Date.UTC(2026, 0, 5, 10, 0, 1, 500);

describe('a time', () => {
  it.each([
    ['2026-01-05T10:00:01.500Z'],
    ['2026-01-05T10:00:01.500000+00:00'],
    ['2026-01-05 10:00:01.500'],
    ['2026-01-05T12:00:01.5+02:00'],
    ['2026-01-05T12:00:01.5+0200'],
    ['2026-01-05 10:00:01.5 UTC'],
    [TIME / 1000],
    [TIME],
    [TIME * 1000],
    [TIME * 1e6],
    [String(TIME)],
    [[TIME / 1000 - 0.5, 500_000_000]],
  ])('%j is the same instant', (value) => {
    expect(timeOf(value as never)).toBeCloseTo(TIME, 3);
  });

  it.each([[''], ['soon'], [0], [-5], [null], [undefined], [true], [[]], [{}], ['x'.repeat(99)]])(
    '%j is none',
    (value) => {
      expect(timeOf(value as never)).toBeNull();
    },
  );

  it('keeps microseconds', () => {
    expect(timeOf('2026-01-05 10:00:01.500123')).toBeCloseTo(TIME + 0.123, 4);
    expect(timeOfNanoseconds(`${TIME}123000`)).toBeCloseTo(TIME + 0.123, 3);
  });
});
