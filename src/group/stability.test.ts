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

  test('is the Jaccard overlap with a larger cluster that absorbs it', () => {
    const all = (of: readonly number[]): Division => perGranularity(() => [of]);
    // Each half is half of the cluster found instead; draws have 80 of 100 rows, about 40 of each half.
    for (const value of stabilities(rows, halves(rows), 1, all).medium)
      expect(value).toBeCloseTo(0.5, 1);
  });

  test('is 0 for a cluster that no draw finds again', () => {
    const nothing = (): Division => perGranularity(() => []);
    expect(stabilities(rows, halves(rows), 1, nothing).fine).toEqual([0, 0]);
  });

  test('clusters each draw once for all levels', () => {
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
