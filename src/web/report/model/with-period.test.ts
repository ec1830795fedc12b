import { expect, test } from 'vitest';
import { withPeriod } from './with-period.ts';

test.each([
  ['it failed', 'it failed.'],
  ['described as “The id.”', 'described as “The id.”'],
  ['it failed.', 'it failed.'],
  ['called “refund”', 'called “refund”.'],
])('%s', (sentence, whole) => {
  expect(withPeriod(sentence)).toBe(whole);
});
