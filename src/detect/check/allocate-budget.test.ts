import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocateBudget } from './allocate-budget.ts';

const of = (...lengths: readonly number[]) => lengths.map((length) => ({ length, weight: 1 }));

test('short texts get their whole length, long ones share the rest equally', () => {
  // 100 − 10 = 90 for the other two.
  expect(allocateBudget(of(500, 10, 400), 100)).toEqual([45, 10, 45]);
  expect(allocateBudget(of(30, 10), 100)).toEqual([30, 10]);
  expect(allocateBudget([], 100)).toEqual([]);
});

test('a text with more weight gets more', () => {
  // Three quarters of 100 for the first, one for the second.
  expect(
    allocateBudget(
      [
        { length: 500, weight: 3 },
        { length: 500, weight: 1 },
      ],
      100,
    ),
  ).toEqual([75, 25]);
});

test('shares stay within the budget and the lengths, and use up the budget', () => {
  const text = fc.record({ length: fc.nat(1_000), weight: fc.integer({ min: 1, max: 4 }) });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 30 }), fc.nat(5_000), (texts, budget) => {
      const shares = allocateBudget(texts, budget);
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
