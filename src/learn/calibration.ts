import { logisticRegression } from '../numeric/numeric.ts';
import { sigmoid } from '../numeric/statistics/sigmoid.ts';

/** Turns a sum into a probability: 1 / (1 + exp(−(intercept + slope × sum))). */
export interface Calibration {
  readonly intercept: number;
  readonly slope: number;
}

/** Penalty on the distance of the slope from 1. */
const SLOPE_PENALTY = 10;

/** Platt's scaling (1999) on sums out of fold, with a slope that stays near 1 where labels are few. */
export function calibrate(sums: Float64Array, labels: Uint8Array): Calibration {
  const fit = logisticRegression(sums, labels, {
    columns: 1,
    penalty: SLOPE_PENALTY,
    offsets: sums,
  });
  return { intercept: fit.intercept, slope: 1 + fit.coefficients[0]! };
}

export const probability = ({ intercept, slope }: Calibration, sum: number): number =>
  sigmoid(intercept + slope * sum);
