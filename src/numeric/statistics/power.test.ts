import { describe, expect, test } from 'vitest';
import {
  casesNeeded,
  leastSignificant,
  powerOfSlice,
  powerOfTraces,
  tracesPerArm,
} from './power.ts';

describe('power', () => {
  // By hand: of 12 cases that all fail, six must turn better; P(X ≥ 6), X ~ Binomial(12, 0.6).
  test('of a slice of 12 for a fix of 60% is 84%, of a slice of 20 is 99.8%', () => {
    expect(powerOfSlice(12, 0.6)).toBeCloseTo(0.842, 3);
    expect(powerOfSlice(20, 0.6)).toBeCloseTo(0.998, 3);
  });

  test('is none where even a full fix cannot be significant', () => {
    expect(powerOfSlice(5, 1)).toBe(0);
    expect(leastSignificant(5)).toBeNull();
    expect(powerOfSlice(20, 0)).toBe(0);
  });

  test('is reached first at the number of cases given', () => {
    const cases = casesNeeded(0.4, 0.1) ?? 0;
    expect(powerOfSlice(cases, 0.4, 0.1)).toBeGreaterThanOrEqual(0.8);
    expect(powerOfSlice(cases - 1, 0.4, 0.1)).toBeLessThan(0.8);
    expect(casesNeeded(0.1, 0.1, {}, 100)).toBeNull();
  });

  // (1.959964 + 0.841621)² · (0.0196 + 0.0384) / 0.02² = 1138.08; the first z is 3.023341 for twenty tests.
  test('takes 1,139 traces per arm from 2% to 4%, 2,167 when twenty causes are tested', () => {
    expect(tracesPerArm(0.02, 0.04)).toBe(1139);
    expect(tracesPerArm(0.04, 0.02, { alpha: 0.05 / 20 })).toBe(2167);
    expect(powerOfTraces(1139, 0.02, 0.04)).toBeCloseTo(0.8, 3);
    expect(tracesPerArm(0.02, 0.02)).toBe(Number.POSITIVE_INFINITY);
  });
});
