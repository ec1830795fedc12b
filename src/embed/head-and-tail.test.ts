import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headAndTail } from './head-and-tail.ts';

test.each([
  ['short', 10, 'short'],
  ['exactly ten', 11, 'exactly ten'],
  ['abcdefghij', 4, 'ab ij'],
  ['a😀bcdef😀z', 4, 'a z'],
])('%j cut to %i is %j', (text, limit, expected) => {
  expect(headAndTail(text, limit)).toBe(expected);
});

test('never exceeds the limit plus the joining space and never splits a surrogate pair', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.integer({ min: 2, max: 40 }),
      (text, limit) => {
        const cut = headAndTail(text, limit);
        expect(cut.length).toBeLessThanOrEqual(Math.max(limit + 1, Math.min(text.length, limit)));
        expect(cut.isWellFormed()).toBe(true);
      },
    ),
    { seed: 3 },
  );
});
