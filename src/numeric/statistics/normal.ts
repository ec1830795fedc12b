import { inverse, regularizedGammaUpper } from './special-functions.ts';

/** P(Z ≥ z) of a standard normal number, accurate in the far tail, too: half of Q(½, z²/2). */
export const normalTail = (z: number): number => {
  const beyond = regularizedGammaUpper(0.5, (z * z) / 2) / 2;
  return z >= 0 ? beyond : 1 - beyond;
};

/** The z that a standard normal number exceeds with this probability: 0.025 → 1.96. Infinite at 0 and 1. */
export function normalQuantile(tail: number): number {
  if (tail <= 0) return Number.POSITIVE_INFINITY;
  if (tail >= 1) return Number.NEGATIVE_INFINITY;
  if (tail > 0.5) return -normalQuantile(1 - tail);
  return inverse((z) => -normalTail(z), -tail, 0, 40);
}

/** z of a two-sided interval of this confidence: 0.95 → 1.96. */
export const zOf = (confidence: number): number => normalQuantile((1 - confidence) / 2);
