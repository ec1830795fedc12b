import { expect, test } from 'vitest';
import { isStable } from './stability.ts';

test.each([
  [null, true],
  [1, true],
  [0.6, true],
  [0.59, false],
  [0, false],
])('stability %s counts as stable: %s', (stability, stable) => {
  const quality = { persistence: null, membership: 1, silhouette: null, stability, nearest: null };
  expect(isStable(quality)).toBe(stable);
});
