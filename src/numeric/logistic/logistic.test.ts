import { expect, test } from 'vitest';
import { logisticRegression } from '../numeric.ts';
import { nextFloat, nextNormal, seedRandom } from '../random/random.ts';
import { areaUnderCurve } from '../statistics/area-under-curve.ts';
import { calibrationError } from '../statistics/calibration-error.ts';

test('separated classes end at a finite fit under a penalty', () => {
  const fit = logisticRegression(Float64Array.of(-2, -1, 1, 2), Uint8Array.of(0, 0, 1, 1), {
    columns: 1,
    penalty: 1,
  });
  expect(fit.intercept).toBeCloseTo(0, 10);
  // The root of 2 sigmoid(−2b) × 2 + 2 sigmoid(−b) = b.
  const b = fit.coefficients[0]!;
  expect(4 / (1 + Math.exp(2 * b)) + 2 / (1 + Math.exp(b))).toBeCloseTo(b, 8);
});

test('a column with a high penalty gets no weight', () => {
  const state = seedRandom(1);
  const rows = Float64Array.from({ length: 200 }, () => nextNormal(state));
  const labels = Uint8Array.from({ length: 100 }, (_, row) => Number(rows[2 * row]! > 0));
  const { coefficients } = logisticRegression(rows, labels, {
    columns: 2,
    penalty: Float64Array.of(1e9, 1),
  });
  expect(Math.abs(coefficients[0]!)).toBeLessThan(1e-6);
});

test('one class, or lengths that do not fit, are errors', () => {
  const rows = Float64Array.of(1, 2);
  expect(() => logisticRegression(rows, Uint8Array.of(1, 1), { columns: 1, penalty: 1 })).toThrow(
    'one class',
  );
  expect(() => logisticRegression(rows, Uint8Array.of(0, 1), { columns: 2, penalty: 1 })).toThrow(
    'same length',
  );
});

test('the area counts ties as one half and needs both classes', () => {
  expect(areaUnderCurve([1, 1, 2, 0], [1, 0, 1, 0])).toBe(3.5 / 4);
  expect(areaUnderCurve([5, 5, 5], [0, 1, 0])).toBe(0.5);
  expect(areaUnderCurve([1, 2], [1, 1])).toBeNaN();
});

test('right probabilities have an error as by chance, others a larger one', () => {
  const state = seedRandom(3);
  const forecasts = Array.from({ length: 2_000 }, () => nextFloat(state));
  const outcomes = forecasts.map((p) => Number(nextFloat(state) < p));
  const right = calibrationError(forecasts, outcomes, 1);
  expect(Math.abs(right.error - right.chance)).toBeLessThan(0.015);
  const wrong = calibrationError(
    forecasts.map((p) => p ** 2),
    outcomes,
    1,
  );
  // The mean of p − p² over [0, 1].
  expect(wrong.error).toBeGreaterThan(0.12);
  expect(wrong.error).toBeLessThan(0.21);
});
