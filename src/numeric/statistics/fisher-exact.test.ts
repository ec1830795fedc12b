import { describe, expect, test } from 'vitest';
import { fisherExact } from './fisher-exact.ts';
import { holm } from './holm.ts';

describe('Fisher’s exact test', () => {
  // scipy.stats.fisher_exact([[k1, n1 - k1], [k2, n2 - k2]]), scipy 1.17.1
  test.each([
    { k1: 8, n1: 10, k2: 1, n2: 6, p: 0.034965034965034975 },
    { k1: 3, n1: 4, k2: 1, n2: 4, p: 0.48571428571428565 },
    { k1: 218, n1: 218, k2: 2, n2: 50, p: 3.7863294233689025e-51 },
    { k1: 5, n1: 5, k2: 0, n2: 10, p: 0.000333000333000333 },
    { k1: 10, n1: 100, k2: 12, n2: 50, p: 0.028522691154868482 },
    { k1: 0, n1: 7, k2: 0, n2: 9, p: 1 },
  ])('of $k1 of $n1 against $k2 of $n2 gives $p', ({ k1, n1, k2, n2, p }) => {
    expect(fisherExact(k1, n1, k2, n2) / p).toBeCloseTo(1, 8);
    expect(fisherExact(k2, n2, k1, n1) / p).toBeCloseTo(1, 8);
  });
});

describe('Holm’s correction', () => {
  // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") gives 0.03 0.06 0.06 0.02
  test('multiplies by the number of hypotheses left and never falls', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    for (const [index, value] of [0.03, 0.06, 0.06, 0.02].entries())
      expect(adjusted[index]).toBeCloseTo(value, 12);
  });

  test('stays at 1 or below', () => {
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});
