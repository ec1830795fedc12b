import { expect, test } from 'vitest';
import { withoutEnd } from './without-end.ts';

test.each([
  ['https://example.com/a.', '.,', 'https://example.com/a'],
  ['a.b', '.', 'a.b'],
  ['...', '.', ''],
  ['', '.', ''],
])('%s without %s at its end is %s', (text, characters, expected) => {
  expect(withoutEnd(text, characters)).toBe(expected);
});
