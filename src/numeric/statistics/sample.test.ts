import { expect, test } from 'vitest';
import { logOddsZ } from './log-odds.ts';
import { effectiveSampleSize, median } from './sample.ts';

test('the median is the middle value, or between two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBe(0);
});

test('equal weights keep the sample size, unequal ones cost some of it', () => {
  expect(effectiveSampleSize([2, 2, 2])).toBeCloseTo(3, 12);
  // 100² / (2 · 30² + 2 · 20²)
  expect(effectiveSampleSize([30, 30, 20, 20])).toBeCloseTo(3.846154, 6);
  expect(effectiveSampleSize([])).toBe(0);
});

test('log-odds: by hand, and turned round', () => {
  const first = { count: 10, total: 100 };
  const second = { count: 5, total: 200 };
  // ln(11/99) − ln(6/204) = 1.32914; its deviation √(1/11 + 1/6) = 0.50752 (prior 1 of 10).
  expect(logOddsZ(first, second, 1, 10)).toBeCloseTo(1.32914 / 0.50752, 3);
  expect(logOddsZ(second, first, 1, 10)).toBeCloseTo(-1.32914 / 0.50752, 3);
});
