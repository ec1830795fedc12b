import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clopperPearson } from './clopper-pearson.ts';
import { newcombe } from './newcombe.ts';
import { poissonInterval } from './poisson.ts';
import { twoProportions } from './two-proportions.ts';
import { wilson } from './wilson.ts';

const proportion = fc
  .tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 5_000 }))
  .map(([k, n]): readonly [number, number] => [Math.min(k, n), n]);

describe('intervals', () => {
  test('12 of 12 is at least 76% and 20 of 20 at least 84% by Wilson', () => {
    expect(wilson(1, 12)[0]).toBeCloseTo(0.7575, 4);
    expect(wilson(1, 20)[0]).toBeCloseTo(0.8389, 4);
  });

  test('a proportion lies in its exact interval', () => {
    fc.assert(
      fc.property(proportion, ([k, n]) => {
        const [low, high] = clopperPearson(k, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(k / n);
        expect(high).toBeGreaterThanOrEqual(k / n);
        expect(high).toBeLessThanOrEqual(1);
      }),
      { seed: 2 },
    );
  });

  test('the interval of a difference holds it, stays in [−1, 1] and turns round with its groups', () => {
    fc.assert(
      fc.property(proportion, proportion, ([k1, n1], [k2, n2]) => {
        const [low, high] = newcombe(k1, n1, k2, n2);
        const [turnedLow, turnedHigh] = newcombe(k2, n2, k1, n1);
        const difference = k1 / n1 - k2 / n2;
        expect(low).toBeLessThanOrEqual(difference + 1e-12);
        expect(high).toBeGreaterThanOrEqual(difference - 1e-12);
        expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(high).toBeLessThanOrEqual(1 + 1e-12);
        expect(turnedLow).toBeCloseTo(-high, 12);
        expect(turnedHigh).toBeCloseTo(-low, 12);
      }),
      { seed: 3 },
    );
  });

  test('none seen of a rare event is at most three, one-sided', () => {
    expect(poissonInterval(0, 0.9)[1]).toBeCloseTo(-Math.log(0.05), 9);
    expect(poissonInterval(0)[0]).toBe(0);
  });
});

describe('the score test', () => {
  test('is symmetric, bounded, and more cautious with the correction', () => {
    fc.assert(
      fc.property(proportion, proportion, ([k1, n1], [k2, n2]) => {
        const { z, p } = twoProportions(k1, n1, k2, n2);
        const turned = twoProportions(k2, n2, k1, n1);
        expect(turned.p).toBe(p);
        expect(turned.z + z).toBeCloseTo(0, 12);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(twoProportions(k1, n1, k2, n2, { continuity: true }).p).toBeGreaterThanOrEqual(p);
      }),
      { seed: 4 },
    );
  });

  test('finds no difference where none or all are marked, or a group is empty', () => {
    for (const [k1, n1, k2, n2] of [
      [0, 5, 0, 9],
      [5, 5, 9, 9],
      [0, 0, 3, 9],
    ] as const)
      expect(twoProportions(k1, n1, k2, n2)).toEqual({ z: 0, p: 1 });
  });
});
