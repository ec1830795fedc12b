import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadOut } from './spread.ts';

const nearestPair = (positions: Float32Array): number => {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < positions.length; i += 2) {
    for (let j = i + 2; j < positions.length; j += 2) {
      const dx = (positions[i] ?? 0) - (positions[j] ?? 0);
      const dy = (positions[i + 1] ?? 0) - (positions[j + 1] ?? 0);
      nearest = Math.min(nearest, Math.hypot(dx, dy));
    }
  }
  return nearest;
};

/** 60 failures in one place, and two corners that set the span to 100: the gap is 100 / 90. */
const stacked = Float32Array.of(0, 0, 100, 100, ...Array.from({ length: 120 }, () => 50));

test('spreads a stack until its points are distinguishable', () => {
  expect(nearestPair(stacked)).toBe(0);
  expect(nearestPair(spreadOut(stacked))).toBeGreaterThan(0.8);
});

test('keeps a stack around its original place', () => {
  const out = spreadOut(stacked);
  for (let i = 4; i < out.length; i += 2) {
    expect(Math.hypot((out[i] ?? 0) - 50, (out[i + 1] ?? 0) - 50)).toBeLessThan(8);
  }
});

test('leaves separate points where they are', () => {
  const apart = Float32Array.of(0, 0, 50, 50, 100, 0, 100, 100);
  expect(spreadOut(apart)).toEqual(apart);
});

test('keeps missing positions missing, and handles one or no position', () => {
  const out = spreadOut(Float32Array.of(Number.NaN, Number.NaN, 3, 3, 3, 3));
  expect(Number.isNaN(out[0])).toBe(true);
  expect(nearestPair(out.subarray(2))).toBeGreaterThan(0);
  expect(spreadOut(new Float32Array())).toHaveLength(0);
});

test('gives finite positions, the same each time', () => {
  const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(coordinate, coordinate), { maxLength: 60 }), (points) => {
      const out = spreadOut(Float32Array.from(points.flat()));
      expect([...out].every(Number.isFinite)).toBe(true);
      expect(spreadOut(Float32Array.from(points.flat()))).toEqual(out);
    }),
    { numRuns: 50 },
  );
});
