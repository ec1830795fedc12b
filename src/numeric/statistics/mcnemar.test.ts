import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mcnemar } from './mcnemar.ts';
import { signTest } from './sign-test.ts';

const count = fc.integer({ min: 0, max: 3_000 });

describe('the exact McNemar test', () => {
  test('is undefined where no pair differs', () => {
    expect(mcnemar(0, 0)).toBeNull();
    expect(signTest([0, 0])).toBeNull();
  });

  test.each([
    [6, 0, 5, 0],
    [8, 1, 7, 1],
    [10, 2, 9, 2],
    [12, 3, 11, 3],
  ])('is first below 0.05 at %i–%i, not at %i–%i', (better, worse, fewer, same) => {
    expect(mcnemar(better, worse)?.p).toBeLessThan(0.05);
    expect(mcnemar(fewer, same)?.p).toBeGreaterThan(0.05);
  });

  test('gives the same for either direction, between 0 and 1, and mid-p below p', () => {
    fc.assert(
      fc.property(count, count, (better, worse) => {
        const found = mcnemar(better, worse);
        expect(found).toEqual(mcnemar(worse, better));
        if (found === null) return;
        expect(found.p).toBeGreaterThan(0);
        expect(found.p).toBeLessThanOrEqual(1);
        expect(found.midP).toBeGreaterThan(0);
        expect(found.midP).toBeLessThanOrEqual(found.p);
      }),
      { seed: 1 },
    );
  });

  test('never gives 0, however many pairs differ one way', () => {
    expect(mcnemar(5_000, 0)?.p).toBeGreaterThan(0);
  });
});

test('the sign test counts rises and falls and leaves out what stayed', () => {
  expect(signTest([0.2, 0.2, 0.4, 1, 0.1, 0.6, 0])).toEqual(mcnemar(6, 0));
  expect(signTest([-0.2, 0.3])).toEqual(mcnemar(1, 1));
});
