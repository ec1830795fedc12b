import { expect, test } from 'vitest';
import { makeTrace } from '../testing/trace.ts';
import { tokens } from './tokens.ts';

test.each([
  [10, 5, 15],
  [10, null, 10],
  [null, 5, 5],
  [null, null, null],
])('of %s in and %s out are %s', (inputTokens, outputTokens, expected) => {
  const { usage } = makeTrace();
  expect(tokens({ usage: { ...usage, inputTokens, outputTokens } })).toBe(expected);
});
