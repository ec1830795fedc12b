import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fairShares } from './fair-shares.ts';

const of = (...lengths: readonly number[]) => lengths.map((length) => ({ length, weight: 1 }));

test('short texts get all, long ones the same of what is left', () => {
  // 100 − 10 = 90 for two.
  expect(fairShares(of(500, 10, 400), 100)).toEqual([45, 10, 45]);
  expect(fairShares(of(30, 10), 100)).toEqual([30, 10]);
  expect(fairShares([], 100)).toEqual([]);
});

test('a text that weighs more gets more', () => {
  // Three parts of 100 to the first, one to the second.
  expect(
    fairShares(
      [
        { length: 500, weight: 3 },
        { length: 500, weight: 1 },
      ],
      100,
    ),
  ).toEqual([75, 25]);
});

test('shares stay within the budget and the lengths, and leave nothing over that could be used', () => {
  const text = fc.record({ length: fc.nat(1_000), weight: fc.integer({ min: 1, max: 4 }) });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 30 }), fc.nat(5_000), (texts, budget) => {
      const shares = fairShares(texts, budget);
      const sum = shares.reduce((all, share) => all + share, 0);
      expect(sum).toBeLessThanOrEqual(budget);
      for (const [index, share] of shares.entries())
        expect(share).toBeLessThanOrEqual(texts[index]!.length);
      const whole = texts.reduce((all, { length }) => all + length, 0);
      expect(sum).toBeGreaterThanOrEqual(Math.min(whole, budget) - texts.length);
    }),
    { seed: 3, numRuns: 300 },
  );
});
