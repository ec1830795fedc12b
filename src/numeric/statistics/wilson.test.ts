import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wilson } from './wilson.ts';

describe('the Wilson interval', () => {
  // scipy 1.17.1, binomtest(count, n).proportion_ci(method="wilson")
  test.each([
    { count: 41, n: 100, low: 0.318673, high: 0.507986 },
    { count: 0, n: 10, low: 0, high: 0.277533 },
    { count: 10, n: 10, low: 0.722467, high: 1 },
    { count: 1, n: 1000, low: 0.000177, high: 0.005643 },
  ])('of $count in $n is [$low, $high]', ({ count, n, low, high }) => {
    const [from, to] = wilson(count / n, n);
    expect(from).toBeCloseTo(low, 5);
    expect(to).toBeCloseTo(high, 5);
  });

  test('says nothing when nothing was observed', () => {
    expect(wilson(0, 0)).toEqual([0, 1]);
  });

  test('holds the proportion, stays in [0, 1] and narrows with more', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 10_000 }),
        (p, n) => {
          const [low, high] = wilson(p, n);
          const [lower, higher] = wilson(p, 4 * n);
          expect(low).toBeLessThanOrEqual(p + 1e-12);
          expect(high).toBeGreaterThanOrEqual(p - 1e-12);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(higher - lower).toBeLessThanOrEqual(high - low + 1e-12);
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });
});
