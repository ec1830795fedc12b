import { nextFloat, nextNormal, type RandomState } from './random.ts';

/** Up to this mean the exact distribution is walked through; above, the normal one is close enough for a simulation. */
const EXACT = 50;

/** A draw of how many of `n` happen that each have chance `p`: exact up to a mean of 50, above from the normal distribution. */
export function nextBinomial(state: RandomState, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p > 0.5) return n - nextBinomial(state, n, 1 - p);
  if (n * p > EXACT) {
    const drawn = Math.round(n * p + Math.sqrt(n * p * (1 - p)) * nextNormal(state));
    return Math.min(n, Math.max(0, drawn));
  }
  const odds = p / (1 - p);
  let chance = Math.exp(n * Math.log1p(-p));
  let left = nextFloat(state);
  let k = 0;
  while (left > chance && k < n) {
    left -= chance;
    k += 1;
    chance *= (odds * (n - k + 1)) / k;
    if (chance < Number.MIN_VALUE) break;
  }
  return k;
}
