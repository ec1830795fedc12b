import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findWord } from './find-word.ts';

test('finds what a regular expression of the escaped words finds', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'B', 'é', ' ', '-', '.', '_', '1', 'İ'),
    maxLength: 12,
  });
  fc.assert(
    fc.property(
      text,
      fc.string({ unit: fc.constantFrom('a', 'b', ' ', '-', '.'), minLength: 1, maxLength: 3 }),
      (given, wanted) => {
        const pattern = new RegExp(`\\b${wanted.replace(/\W/g, '\\$&')}`, 'i');
        expect(findWord(given, wanted)).toBe(given.search(pattern));
      },
    ),
    { seed: 2, numRuns: 1000 },
  );
});

test('takes words of any length', () => {
  expect(findWord('a b', 'x'.repeat(1_000_000))).toBe(-1);
});
