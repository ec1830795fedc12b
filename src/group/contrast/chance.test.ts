import { expect, test } from 'vitest';
import { entropyTable, signedG, tracesToSettle } from './chance.ts';

test('G is twice the sum of observed times log of observed over expected', () => {
  // 2 × 2 table: 8 of 10 that meet it failed, 12 of 90 others.
  const cells = [8, 2, 12, 78] as const;
  const expected = [2, 8, 18, 72] as const;
  const g = 2 * cells.reduce((sum, cell, at) => sum + cell * Math.log(cell / expected[at]!), 0);
  expect(signedG(entropyTable(100), 8, 10, 20, 100)).toBeCloseTo(g, 9);
});

test('G is negative where those that meet the condition fail less often', () => {
  expect(signedG(entropyTable(100), 0, 10, 50, 100)).toBeLessThan(0);
});

test('with half of all traces failing, a threshold of 17 takes 13 failures and no pass', () => {
  expect(tracesToSettle(17, 0.5)).toBe(13);
  expect(tracesToSettle(17, 1)).toBeNull();
});
