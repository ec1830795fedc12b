import { expect, test } from 'vitest';
import { isFirm } from './firmness.ts';

test.each([
  [null, true],
  [1, true],
  [0.6, true],
  [0.59, false],
  [0, false],
])('stability %s: firm is %s', (stability, firm) => {
  const quality = { persistence: null, membership: 1, silhouette: null, stability, nearest: null };
  expect(isFirm(quality)).toBe(firm);
});
