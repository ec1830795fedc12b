import { inverse, regularizedBeta } from './special-functions.ts';

/** P(T ≥ t) of Student's t with so many degrees of freedom. */
export function studentTail(t: number, degrees: number): number {
  const beyond = regularizedBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  return t >= 0 ? beyond : 1 - beyond;
}

/** The t that is exceeded with this probability, below a half: 0.025 of 10 degrees → 2.228. */
export const studentQuantile = (tail: number, degrees: number): number =>
  inverse((t) => -studentTail(t, degrees), -tail, 0, 1e6);

/**
 * Interval of a mean from a sample by its size, mean and standard deviation (of n − 1), by Student's t. Null below two
 * values, which do not show how far they scatter.
 */
export function studentInterval(
  n: number,
  mean: number,
  deviation: number,
  confidence = 0.95,
): readonly [number, number] | null {
  if (n < 2) return null;
  const half = (studentQuantile((1 - confidence) / 2, n - 1) * deviation) / Math.sqrt(n);
  return [mean - half, mean + half];
}
