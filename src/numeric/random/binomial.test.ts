import { expect, test } from 'vitest';
import { binomialProbability } from '../statistics/binomial.ts';
import { regularizedGammaUpper } from '../statistics/special-functions.ts';
import { nextBinomial } from './binomial.ts';
import { seedRandom } from './random.ts';

test.each([
  [10, 0.3],
  [400, 0.01],
  [60, 0.8],
  [100, 0.5],
])('draws of %s at %s follow the binomial distribution', (n, p) => {
  const state = seedRandom(5, n);
  const draws = 4_000;
  const seen = Array<number>(n + 1).fill(0);
  for (let draw = 0; draw < draws; draw += 1) seen[nextBinomial(state, n, p)]! += 1;
  let chi = 0;
  let cells = 0;
  for (let k = 0; k <= n; k += 1) {
    const expected = draws * binomialProbability(k, n, p);
    if (expected < 5) continue;
    chi += (seen[k]! - expected) ** 2 / expected;
    cells += 1;
  }
  expect(regularizedGammaUpper((cells - 1) / 2, chi / 2)).toBeGreaterThan(0.001);
});

test('large draws have the mean and the spread', () => {
  const state = seedRandom(6);
  const draws = Array.from({ length: 4_000 }, () => nextBinomial(state, 10_000, 0.2));
  const mean = draws.reduce((sum, k) => sum + k, 0) / draws.length;
  const variance = draws.reduce((sum, k) => sum + (k - mean) ** 2, 0) / draws.length;
  expect(Math.abs(mean - 2_000)).toBeLessThan(2.5);
  expect(variance / 1_600).toBeGreaterThan(0.9);
  expect(variance / 1_600).toBeLessThan(1.1);
});

test('nothing happens of nothing, or without a chance', () => {
  const state = seedRandom(7);
  expect([
    nextBinomial(state, 0, 0.5),
    nextBinomial(state, 9, 0),
    nextBinomial(state, 9, 1),
  ]).toEqual([0, 0, 9]);
});
