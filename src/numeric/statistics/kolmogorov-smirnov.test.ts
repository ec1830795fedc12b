import { describe, expect, test } from 'vitest';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';

const many = (count: number, value: (index: number) => number): number[] =>
  Array.from({ length: count }, (_, index) => value(index));

/** `scipy.stats.ks_2samp(a, b, method='exact')`, scipy 1.17.1. */
const golden = [
  {
    name: 'half of the range apart',
    a: many(10, (i) => i + 1),
    b: many(10, (i) => i + 6),
    statistic: 0.5,
    p: 0.167821,
    within: 0.06,
  },
  {
    name: 'few values, none shared',
    a: [1, 2, 3, 4, 5],
    b: [10, 11, 12, 13, 14, 15, 16],
    statistic: 1,
    p: 0.002525,
    within: 0.001,
  },
  {
    name: 'ties',
    a: [1, 1, 2, 2, 3, 3, 3, 4],
    b: [2, 3, 3, 4, 4, 5, 5, 5, 6, 6],
    statistic: 0.575,
    p: 0.070433,
    within: 0.01,
  },
  {
    name: 'much the same',
    a: many(60, (i) => (i + 1) ** 2 % 97),
    b: many(45, (i) => ((i + 1) ** 2 % 89) + 20),
    statistic: 0.233333,
    p: 0.106019,
    within: 0.003,
  },
  {
    name: 'unequal sizes',
    a: many(40, (i) => ((i * 7) % 100) / 10 + 1.5),
    b: many(200, (i) => ((i * 7) % 100) / 10),
    statistic: 0.155,
    p: 0.375447,
    within: 0.03,
  },
  {
    name: 'a clear difference',
    a: many(30, (i) => (i * 37) % 101),
    b: many(50, (i) => ((i * 37) % 101) * 0.6),
    statistic: 0.38,
    p: 0.006573,
    within: 0.001,
  },
];

describe('the two-sample Kolmogorov–Smirnov test', () => {
  test.each(golden)('agrees with scipy on $name', ({ a, b, statistic, p, within }) => {
    const found = kolmogorovSmirnov(a, b);
    expect(found.statistic).toBeCloseTo(statistic, 6);
    expect(Math.abs(found.p - p)).toBeLessThan(within);
    expect(kolmogorovSmirnov(b, a)).toEqual(found);
  });

  test('finds no difference between a sample and itself, nor where one has no values', () => {
    const sample = many(30, (i) => i);
    expect(kolmogorovSmirnov(sample, sample)).toEqual({ statistic: 0, p: 1 });
    expect(kolmogorovSmirnov([], sample)).toEqual({ statistic: 0, p: 1 });
  });
});
