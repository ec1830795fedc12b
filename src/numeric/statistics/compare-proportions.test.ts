import { describe, expect, test } from 'vitest';
import { compareProportions } from './compare-proportions.ts';
import { fisherExact } from './fisher-exact.ts';
import { twoProportions } from './two-proportions.ts';

describe('comparing two proportions', () => {
  test('is exact where few events are expected', () => {
    expect(compareProportions(6, 20, 0, 20)).toBe(fisherExact(6, 20, 0, 20));
  });

  test('uses the score test where enough are expected', () => {
    expect(compareProportions(69, 1298, 30, 1302)).toBe(twoProportions(69, 1298, 30, 1302).p);
  });

  test('counts rare passes as rare events', () => {
    expect(compareProportions(20, 20, 17, 20)).toBe(fisherExact(20, 20, 17, 20));
  });

  test('says nothing about a group of nothing', () => {
    expect(compareProportions(0, 0, 3, 5)).toBe(1);
  });
});
