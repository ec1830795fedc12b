import { expect, test } from 'vitest';
import { causeProof, detectorProof } from './cause-proof.ts';

const meets = { failed: 31, failures: 33, passed: 2, passes: 1_060, isEstimate: false };

test.each([
  ['tested', null, '31 of 33 failed, 2 of 1,060 others; tested against chance'],
  ['detector', null, '31 of 33 failed, 2 of 1,060 others; found by a detector'],
  [
    'untested',
    40,
    '31 of 33 failed, 2 of 1,060 others; too few to tell from chance (about 9 more would settle it)',
  ],
  ['untested', null, '31 of 33 failed, 2 of 1,060 others; not tested against chance'],
  ['form', null, '31 of 33 failed, 2 of 1,060 others; an error by its form'],
  [
    'form',
    20,
    '31 of 33 failed, 2 of 1,060 others; an error by its form, too few to tell from chance',
  ],
] as const)('a cause that is %s, with %s to settle it, says so', (state, toSettle, text) => {
  expect(causeProof({ state, meets, toSettle })).toBe(text);
});

test('counts of a draw are estimates', () => {
  const proof = causeProof({
    state: 'tested',
    meets: { ...meets, isEstimate: true },
    toSettle: null,
  });
  expect(proof).toMatch(/^about 31 of 33 failed, about 2 of 1,060 others/);
});

test('a cluster of similar failures proves nothing', () => {
  expect(causeProof({ state: null, meets: null, toSettle: null })).toBeNull();
});

test.each([
  [null, null, null],
  [null, { flagged: 341, right: 271 }, 'its detector is right in 79% of cases on open data'],
  [
    { flagged: 50, failed: 45, lift: 2 },
    { flagged: 341, right: 271 },
    '45 of 50 flagged traces with an outcome failed',
  ],
  [{ flagged: 5, failed: 5, lift: 2 }, null, null],
])('a detector measured as %j here and %j on open data: %s', (precision, openData, text) => {
  expect(detectorProof({ precision, openData })).toBe(text);
});
