import { logChoose, regularizedBeta, regularizedBetaUpper } from './special-functions.ts';

/** P(X = k) for `n` trials of chance `p`; k and n are whole. */
export function binomialProbability(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0;
  if (p <= 0) return k === 0 ? 1 : 0;
  if (p >= 1) return k === n ? 1 : 0;
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** P(X ≤ k) for `n` trials of chance `p`: 1 − I_p(k + 1, n − k). */
export function binomialAtMost(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : regularizedBetaUpper(p, k + 1, n - k);
}

/** P(X ≥ k) for `n` trials of chance `p`: I_p(k, n − k + 1). */
export function binomialAtLeast(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  return k > n ? 0 : regularizedBeta(p, k, n - k + 1);
}
