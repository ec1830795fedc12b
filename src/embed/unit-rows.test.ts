import { expect, test } from 'vitest';
import { unitRows, withoutCommon } from './unit-rows.ts';

test('scales rows to length 1 and leaves rows of 0', () => {
  const rows = Float32Array.of(3, 4, 0, 0, 0, -2);
  unitRows(rows, 2);
  expect([...rows]).toEqual([0.6, 0.8, 0, 0, 0, -1].map(Math.fround));
});

test('subtracts three quarters of the mean of the nonzero rows, then normalizes again', () => {
  const rows = Float32Array.of(1, 0, 0, 0, 0, 1);
  withoutCommon(rows, 2);
  // The mean of two rows is (0.5, 0.5); (1, 0) less 0.375 each is (0.625, -0.375).
  const length = Math.hypot(0.625, 0.375);
  const expected = [0.625, -0.375, 0, 0, -0.375, 0.625].map((value) => value / length);
  for (const [i, value] of rows.entries()) expect(value).toBeCloseTo(expected[i] ?? 0, 6);
});

test('leaves identical rows unchanged', () => {
  const rows = Float32Array.of(0.6, 0.8, 0.6, 0.8);
  withoutCommon(rows, 2);
  for (const [i, value] of rows.entries()) expect(value).toBeCloseTo(i % 2 === 0 ? 0.6 : 0.8, 6);
});
