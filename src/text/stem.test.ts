import { expect, test } from 'vitest';
import { stem } from './stem.ts';

test.each([
  ['killing', 'kill'],
  ['kills', 'kill'],
  ['killed', 'kill'],
  ['stopped', 'stop'],
  ['companies', 'company'],
  ['terminate', 'terminat'],
  ['terminating', 'terminat'],
  ['bus', 'bus'],
])('%s stems to %s', (word, expected) => {
  expect(stem(word)).toBe(expected);
});
