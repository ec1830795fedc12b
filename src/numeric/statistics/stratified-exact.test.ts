import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fisherExact } from './fisher-exact.ts';
import type { Stratum } from './mantel-haenszel.ts';
import { stratifiedExact } from './stratified-exact.ts';

const strata = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([n1, n2]) =>
    fc.record({
      n1: fc.constant(n1),
      n2: fc.constant(n2),
      k1: fc.integer({ min: 0, max: n1 }),
      k2: fc.integer({ min: 0, max: n2 }),
    }),
  ),
  { minLength: 1, maxLength: 3 },
);

/** By trying every subset of marked members: those with as many marks in the strata are equally likely. */
function bruteForce(given: readonly Stratum[]): number {
  let sums = new Map([[0, 1]]);
  for (const { k1, n1, k2, n2 } of given) {
    const next = new Map<number, number>();
    for (let members = 0; members < 2 ** (n1 + n2); members += 1) {
      const bits = members.toString(2).padStart(n1 + n2, '0');
      const ones = (text: string): number => text.replaceAll('0', '').length;
      if (ones(bits) !== k1 + k2) continue;
      for (const [sum, ways] of sums) {
        const key = sum + ones(bits.slice(0, n1));
        next.set(key, (next.get(key) ?? 0) + ways);
      }
    }
    sums = next;
  }
  const total = [...sums.values()].reduce((sum, ways) => sum + ways, 0);
  const seen = sums.get(given.reduce((sum, { k1 }) => sum + k1, 0))!;
  return [...sums.values()].reduce((p, ways) => (ways <= seen ? p + ways / total : p), 0);
}

describe('the exact test over strata', () => {
  test('agrees with every possible table', () => {
    fc.assert(
      fc.property(strata, (given) => {
        expect(stratifiedExact(given)).toBeCloseTo(bruteForce(given), 9);
      }),
      { numRuns: 60 },
    );
  });

  test('is Fisher’s test of one stratum', () => {
    for (const [k1, n1, k2, n2] of [
      [8, 10, 1, 6],
      [5, 100, 9, 80],
      [0, 20, 3, 200],
    ] as const)
      expect(stratifiedExact([{ k1, n1, k2, n2 }])).toBeCloseTo(fisherExact(k1, n1, k2, n2), 9);
  });
});
