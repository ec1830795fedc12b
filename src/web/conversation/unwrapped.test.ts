import { expect, test } from 'vitest';
import { unwrapped } from './unwrapped.ts';

test.each([
  ['{"error":"gone"}', '{"error":"gone"}'],
  ['{"cut":"off', '{"cut":"off'],
  ['  words ', 'words'],
])('%s reads as %s', (quote, text) => {
  expect(unwrapped(quote)).toBe(text);
});
