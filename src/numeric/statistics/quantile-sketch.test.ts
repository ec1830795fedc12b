import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addValue, createSketch, distribution, mergeSketch } from './quantile-sketch.ts';

const sketchOf = (values: readonly number[]) => {
  const sketch = createSketch();
  for (const value of values) addValue(sketch, value);
  return sketch;
};
const positive = fc.array(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), {
  minLength: 1,
  maxLength: 200,
});

test('quantiles are within 1 % of the sorted list', () => {
  fc.assert(
    fc.property(positive, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
      const sorted = [...values].sort((a, b) => a - b);
      const exact = sorted[Math.max(1, Math.ceil(q * values.length)) - 1] ?? 0;
      const got = distribution(sketchOf(values)).quantile(q);
      expect(Math.abs(got - exact) / exact).toBeLessThanOrEqual(0.0101);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('neither order nor split changes a sketch', () => {
  fc.assert(
    fc.property(positive, positive, (a, b) => {
      const merged = sketchOf(a);
      mergeSketch(merged, sketchOf(b));
      const whole = sketchOf([...b, ...a]);
      expect(merged.count).toBe(whole.count);
      expect(new Map([...merged.buckets].sort())).toEqual(new Map([...whole.buckets].sort()));
    }),
    { seed: 2, numRuns: 100 },
  );
});

test('memory is bounded whatever the values', () => {
  const sketch = createSketch();
  for (let power = -400; power < 400; power += 0.01) addValue(sketch, 10 ** power);
  expect(sketch.buckets.size).toBeLessThanOrEqual(2764);
});

const cutoffOf = (values: readonly number[], share: number, z: number) =>
  distribution(sketchOf(values)).cutoff(share, z);

test('the cutoff is where the robust z of the logarithms begins to be too high', () => {
  // ln-spaced values e^-2, e^-1, 1, e, e^2: median 0, absolute deviations 2 1 0 1 2, so s = 1.4826 × 1.
  const cutoff = cutoffOf([-2, -1, 0, 1, 2].map(Math.exp), 1, 3) ?? 0;
  expect(Math.log(cutoff)).toBeCloseTo(3 * 1.4826, 1);
});

test('the cutoff is above all but the highest share of the values', () => {
  const values = [...Array(97).fill(100), 101, 102, 5000, 6000, 7000];
  expect(cutoffOf(values, 0.01, 3.5)).toBeGreaterThan(6000);
  expect(cutoffOf(values, 0.03, 3.5)).toBeLessThan(5000);
});

test('there is no cutoff without spread, nor when half the values are 0', () => {
  expect(cutoffOf([5, 5, 5, 5], 0.01, 3.5)).toBeNull();
  expect(cutoffOf([0, 0, 0, 5], 0.01, 3.5)).toBeNull();
});

test('a constant with few exceptions falls back to wider measures', () => {
  const mostlySame = [...Array(90).fill(100), ...Array(10).fill(110)];
  expect(cutoffOf(mostlySame, 0.01, 3.5)).toBeLessThan(1000);
});
