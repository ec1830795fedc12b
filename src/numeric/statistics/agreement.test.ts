import { expect, test } from 'vitest';
import { cohenKappa, krippendorffAlpha } from './agreement.ts';
import { benjaminiHochberg } from './benjamini-hochberg.ts';

test('agreement is 1 where all agree and undefined where one label is all there is', () => {
  expect(
    krippendorffAlpha([
      ['a', 'a'],
      ['b', 'b', null],
    ]),
  ).toBe(1);
  expect(cohenKappa(['a', 'b'], ['a', 'b'])).toBe(1);
  expect(
    krippendorffAlpha([
      ['a', 'a'],
      ['b', null],
    ]),
  ).toBeNull();
  expect(cohenKappa(['a', 'a'], ['a', 'a'])).toBeNull();
  expect(krippendorffAlpha([])).toBeNull();
  expect(cohenKappa([], [])).toBeNull();
});

test('agreement by chance is 0, and no agreement at all is below 0', () => {
  expect(cohenKappa(['a', 'a', 'b', 'b'], ['a', 'b', 'a', 'b'])).toBe(0);
  expect(
    krippendorffAlpha([
      ['a', 'b'],
      ['b', 'a'],
    ]),
  ).toBeCloseTo(-0.5, 12);
});

test('q-values keep their order and stay between p and 1', () => {
  expect(benjaminiHochberg([])).toEqual([]);
  // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "BH") gives 0.02 0.04 0.04 0.02
  expect(benjaminiHochberg([0.01, 0.04, 0.03, 0.005])).toEqual([0.02, 0.04, 0.04, 0.02]);
  expect(benjaminiHochberg([0.9, 0.8])).toEqual([0.9, 0.9]);
});
