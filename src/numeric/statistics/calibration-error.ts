import { nextFloat, seedRandom } from '../random/random.ts';

export interface CalibrationError {
  /** Mean distance of the predicted from the observed share, bins weighted by size; 0 to 1. */
  readonly error: number;
  /** What forecasts that are exactly right would show on the same rows, by chance alone. */
  readonly chance: number;
}

const BINS = 10;
const DRAWS = 200;

/**
 * Expected calibration error in ten bins of equal width (Naeini 2015), beside its mean under forecasts that are right:
 * outcomes drawn from them 200 times. NaN without rows.
 */
export function calibrationError(
  forecasts: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  seed: number,
): CalibrationError {
  const n = forecasts.length;
  const state = seedRandom(seed);
  const drawn = new Uint8Array(n);
  let chance = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    for (let row = 0; row < n; row++) drawn[row] = Number(nextFloat(state) < forecasts[row]!);
    chance += errorOf(forecasts, drawn) / DRAWS;
  }
  return { error: errorOf(forecasts, outcomes), chance };
}

function errorOf(forecasts: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  const gaps = new Float64Array(BINS);
  for (let row = 0; row < forecasts.length; row++) {
    const bin = Math.min(BINS - 1, Math.floor(forecasts[row]! * BINS));
    gaps[bin]! += forecasts[row]! - outcomes[row]!;
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / forecasts.length;
}
