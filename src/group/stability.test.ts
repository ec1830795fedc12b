import { describe, expect, test } from 'vitest';
import { perGranularity } from './granularities.ts';
import { type Division, stabilities } from './stability.ts';

const rows = Array.from({ length: 100 }, (_, index) => 10 * index);
const halves = (of: readonly number[]): Division =>
  perGranularity(() => [of.filter((row) => row < 500), of.filter((row) => row >= 500)]);

describe('stability', () => {
  test('is 1 for clusters that every draw finds again', () => {
    expect(stabilities(rows, halves(rows), 1, halves).medium).toEqual([1, 1]);
  });

  test('is the share that is left of a cluster in a larger one', () => {
    const all = (of: readonly number[]): Division => perGranularity(() => [of]);
    // Each half is half of what is found instead; draws hold 80 of 100, near 40 of either.
    for (const value of stabilities(rows, halves(rows), 1, all).medium)
      expect(value).toBeCloseTo(0.5, 1);
  });

  test('is 0 for a cluster of which nothing is found again', () => {
    const nothing = (): Division => perGranularity(() => []);
    expect(stabilities(rows, halves(rows), 1, nothing).fine).toEqual([0, 0]);
  });

  test('is asked for once a draw, for all levels together', () => {
    const shares: number[] = [];
    stabilities(rows, halves(rows), 1, (drawn, share) => {
      shares.push(share);
      return halves(drawn);
    });
    expect(shares).toEqual(Array.from({ length: 10 }, () => 0.8));
  });

  test.each([0, 5_001])('is not measured on %i rows', (n) => {
    const many = Array.from({ length: n }, (_, row) => row);
    expect(
      stabilities(
        many,
        perGranularity(() => [many]),
        1,
        halves,
      ).medium,
    ).toEqual([null]);
  });
});
