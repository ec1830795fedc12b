import { expect, test } from 'vitest';
import { topThreeProbability } from './top-three.ts';

const same = (count: number, mean: number, deviation: number) =>
  Array.from({ length: count }, () => ({ mean, deviation }));

test('equals share the places, and the sum is three', () => {
  const found = topThreeProbability(same(5, 1, 0.2), 7);
  // 3 of 5; five standard errors of 2,000 draws are 0.055.
  for (const probability of found) expect(Math.abs(probability - 0.6)).toBeLessThan(0.055);
  expect(found.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(3, 9);
});

test('what is far ahead is certain, and fewer than three are all in', () => {
  expect(topThreeProbability([...same(3, 9, 1), ...same(2, -9, 1)], 1)).toEqual([1, 1, 1, 0, 0]);
  expect(topThreeProbability(same(2, 1, 1), 1)).toEqual([1, 1]);
});

test('agrees with the normal distribution on the race for the third place', () => {
  // Two are certain; the third place goes to N(1, 1) against N(0, 1): P = Φ(1/√2) = 0.7602.
  const [, , third] = topThreeProbability(
    [...same(2, 99, 0), { mean: 1, deviation: 1 }, { mean: 0, deviation: 1 }],
    3,
  );
  expect(Math.abs((third ?? 0) - 0.7602)).toBeLessThan(0.048);
});
