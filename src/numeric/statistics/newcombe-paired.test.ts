import { expect, test } from 'vitest';
import { newcombePaired } from './newcombe-paired.ts';

/** Pairs with success on both sides, after alone, before alone, and on neither. */
function pairs([both, after, before, neither]: readonly [number, number, number, number]) {
  const repeat = (count: number, value: number): number[] =>
    Array.from({ length: count }, () => value);
  return {
    after: [...repeat(both + after, 1), ...repeat(before + neither, 0)],
    before: [...repeat(both, 1), ...repeat(after, 0), ...repeat(before, 1), ...repeat(neither, 0)],
  };
}

/** The first: Fagerland, Lydersen, Laake 2014 (airway reactivity). All: method 10 in Python with statsmodels' Wilson. */
test.each([
  { table: [1, 1, 7, 12] as const, low: -0.506920226686141, high: -0.025559124164859837 },
  { table: [36, 12, 2, 0] as const, low: 0.05692958400323875, high: 0.3404276029749408 },
  { table: [20, 12, 2, 16] as const, low: 0.05615642484174821, high: 0.32920699540014053 },
  { table: [0, 20, 0, 0] as const, low: 0.7721346162421941, high: 1 },
  { table: [5, 12, 1, 2] as const, low: 0.24171271860418458, high: 0.7352865703920606 },
  { table: [0, 12, 0, 8] as const, low: 0.3325887579505338, high: 0.781193467627183 },
])('of $table is $low to $high', ({ table, low, high }) => {
  const { before, after } = pairs(table);
  const [from, to] = newcombePaired(before, after);
  expect(from).toBeCloseTo(low, 10);
  expect(to).toBeCloseTo(high, 10);
});

test('of rates holds the difference, and of nothing is everything', () => {
  const [low, high] = newcombePaired([0, 0.2, 0.4, 1], [1, 0.8, 0.4, 1]);
  expect(low).toBeLessThan(0.4);
  expect(high).toBeGreaterThan(0.4);
  expect(newcombePaired([], [])).toEqual([-1, 1]);
});
