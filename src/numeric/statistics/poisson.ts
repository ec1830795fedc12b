import { inverse, regularizedGamma, regularizedGammaUpper } from './special-functions.ts';

/** P(X ≤ k) of a Poisson count with this mean: Q(k + 1, mean). */
export const poissonAtMost = (k: number, mean: number): number =>
  k < 0 ? 0 : regularizedGammaUpper(k + 1, mean);

/** P(X ≥ k) of a Poisson count with this mean: P(k, mean). */
export const poissonAtLeast = (k: number, mean: number): number =>
  k <= 0 ? 1 : regularizedGamma(k, mean);

/**
 * Exact interval of a Poisson mean from one count (Garwood 1936). With none seen the upper end of a
 * 90% interval is 2.996, the one-sided 95% bound known as the rule of three.
 */
export function poissonInterval(count: number, confidence = 0.95): readonly [number, number] {
  const tail = (1 - confidence) / 2;
  const most = count + 10 * Math.sqrt(count + 1) + 40 - 4 * Math.log(tail);
  const low = count === 0 ? 0 : inverse((mean) => poissonAtLeast(count, mean), tail, 0, count);
  const high = inverse((mean) => -poissonAtMost(count, mean), -tail, count, most);
  return [low, high];
}
