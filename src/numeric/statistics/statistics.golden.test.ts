import { describe, expect, test } from 'vitest';
import { readGolden } from '../testing/read-golden.ts';
import { cohenKappa, krippendorffAlpha } from './agreement.ts';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { binomialAtLeast, binomialAtMost, binomialProbability } from './binomial.ts';
import { chiSquareTail, sameDistribution } from './chi-square.ts';
import { clopperPearson } from './clopper-pearson.ts';
import { mantelHaenszel } from './mantel-haenszel.ts';
import { mcnemar } from './mcnemar.ts';
import { newcombe } from './newcombe.ts';
import { normalQuantile, normalTail } from './normal.ts';
import { poissonAtLeast, poissonAtMost, poissonInterval } from './poisson.ts';
import { powerOfSlice, tracesPerArm } from './power.ts';
import { standardizeProportions } from './standardize.ts';
import { twoProportions } from './two-proportions.ts';

type Interval = readonly [number, number];
type Table = readonly [number, number, number, number];

interface Golden {
  readonly mcnemar: readonly { better: number; worse: number; p: number; midP: number }[];
  readonly newcombe: readonly { table: Table; interval: Interval }[];
  readonly twoProportions: readonly {
    table: Table;
    plain: { z: number; p: number };
    continuity: { z: number; p: number };
  }[];
  readonly clopperPearson: readonly { k: number; n: number; interval: Interval }[];
  readonly binomial: readonly {
    k: number;
    n: number;
    p: number;
    probability: number;
    atMost: number;
    atLeast: number;
  }[];
  readonly poisson: readonly { k: number; mean: number; atMost: number; atLeast: number }[];
  readonly poissonInterval: readonly { count: number; confidence: number; interval: Interval }[];
  readonly normal: readonly { z: number; tail: number }[];
  readonly benjaminiHochberg: { p: number[]; q: number[] };
  readonly sampleSize: readonly {
    p1: number;
    p2: number;
    alpha: number;
    power: number;
    unpooled: number;
  }[];
  readonly slicePower: readonly {
    cases: number;
    better: number;
    worse: number;
    alpha: number;
    power: number;
  }[];
  readonly krippendorff: { items: (string | null)[][]; alpha: number };
  readonly mantelHaenszel: readonly { strata: readonly Table[]; statistic: number; p: number }[];
  readonly standardized: readonly {
    strata: readonly Table[];
    first: number;
    second: number;
    interval: Interval;
  }[];
  readonly sameDistribution: readonly { first: number[]; second: number[]; p: number }[];
  readonly chiSquare: readonly { value: number; degrees: number; tail: number }[];
  readonly kappa: { first: string[]; second: string[]; kappa: number };
}

const golden = readGolden<Golden>('statistics', 'statistics');

/** Equal to so many parts of the value itself: a tail of 1e-200 has to have its digits too. */
function expectRelative(got: number, expected: number, tolerance = 1e-9): void {
  const error = expected === 0 ? Math.abs(got) : Math.abs(got / expected - 1);
  expect(error, `got ${got}, expected ${expected}`).toBeLessThan(tolerance);
}

function expectInterval(got: Interval, expected: Interval, tolerance = 1e-9): void {
  for (const end of [0, 1] as const)
    expect(Math.abs(got[end] - expected[end]), `end ${end}`).toBeLessThan(
      tolerance * Math.max(1, Math.abs(expected[end])),
    );
}

describe('statistics agree with SciPy and statsmodels', () => {
  test.each(golden.mcnemar)('McNemar $better–$worse', ({ better, worse, p, midP }) => {
    const found = mcnemar(better, worse);
    expectRelative(found?.p ?? Number.NaN, p);
    expectRelative(found?.midP ?? Number.NaN, midP);
  });

  test.each(golden.newcombe)('Newcombe’s interval of $table', ({ table, interval }) => {
    expectInterval(newcombe(...table), interval);
  });

  test.each(golden.twoProportions)('score test of $table', ({ table, plain, continuity }) => {
    for (const [options, expected] of [
      [{}, plain],
      [{ continuity: true }, continuity],
    ] as const) {
      const { z, p } = twoProportions(...table, options);
      expect(z).toBeCloseTo(expected.z, 9);
      expectRelative(p, expected.p);
    }
  });

  test.each(golden.clopperPearson)('Clopper–Pearson of $k in $n', ({ k, n, interval }) => {
    expectInterval(clopperPearson(k, n), interval);
  });

  test.each(golden.binomial)('binomial tails of $k in $n at $p', (expected) => {
    const { k, n, p } = expected;
    expectRelative(binomialProbability(k, n, p), expected.probability);
    expectRelative(binomialAtMost(k, n, p), expected.atMost);
    expectRelative(binomialAtLeast(k, n, p), expected.atLeast);
  });

  test.each(golden.poisson)('Poisson tails of $k at $mean', ({ k, mean, atMost, atLeast }) => {
    expectRelative(poissonAtMost(k, mean), atMost);
    expectRelative(poissonAtLeast(k, mean), atLeast);
  });

  test.each(golden.poissonInterval)('interval of $count events at $confidence', (expected) => {
    expectInterval(poissonInterval(expected.count, expected.confidence), expected.interval);
  });

  test.each(golden.normal)('normal tail beyond $z', ({ z, tail }) => {
    expectRelative(normalTail(z), tail);
    if (Math.abs(z) < 7) expect(normalQuantile(tail)).toBeCloseTo(z, 9);
  });

  test('Benjamini–Hochberg', () => {
    const found = benjaminiHochberg(golden.benjaminiHochberg.p);
    for (const [index, q] of golden.benjaminiHochberg.q.entries())
      expect(found[index]).toBeCloseTo(q, 12);
  });

  test.each(golden.sampleSize)('traces per arm from $p1 to $p2', (expected) => {
    const { p1, p2, alpha, power, unpooled } = expected;
    expect(tracesPerArm(p1, p2, { alpha, power })).toBe(Math.ceil(unpooled));
  });

  test.each(golden.slicePower)('power of $cases cases at $better–$worse', (expected) => {
    const { cases, better, worse, alpha, power } = expected;
    expect(powerOfSlice(cases, better, worse, alpha)).toBeCloseTo(power, 9);
  });

  const stratum = ([k1, n1, k2, n2]: Table) => ({ k1, n1, k2, n2 });

  test.each(golden.mantelHaenszel)('Mantel–Haenszel test of $strata', (expected) => {
    const { z, p } = mantelHaenszel(expected.strata.map(stratum));
    expectRelative(z * z, expected.statistic);
    expectRelative(p, expected.p);
  });

  test.each(golden.standardized)('standardized proportions of $strata', (expected) => {
    const { first, second, difference, interval } = standardizeProportions(
      expected.strata.map(stratum),
    );
    expectRelative(first, expected.first);
    expectRelative(second, expected.second);
    expect(difference).toBeCloseTo(expected.first - expected.second, 12);
    expectInterval(interval, expected.interval);
  });

  test.each(golden.sameDistribution)('χ² of $first and $second', ({ first, second, p }) => {
    expectRelative(sameDistribution(first, second), p);
  });

  test.each(golden.chiSquare)('χ² tail of $value with $degrees', ({ value, degrees, tail }) => {
    expectRelative(chiSquareTail(value, degrees), tail);
  });

  test('Krippendorff’s alpha and Cohen’s kappa', () => {
    expect(krippendorffAlpha(golden.krippendorff.items)).toBeCloseTo(golden.krippendorff.alpha, 12);
    expect(cohenKappa(golden.kappa.first, golden.kappa.second)).toBeCloseTo(golden.kappa.kappa, 12);
  });
});
