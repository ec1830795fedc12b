import { binomialAtLeast, binomialProbability } from './binomial.ts';
import { mcnemar } from './mcnemar.ts';
import { normalQuantile, normalTail } from './normal.ts';

interface Errors {
  /** Two-sided significance level; default 0.05. If there are several tests, divide it by their number. */
  readonly alpha?: number;
  /** Chance to find the difference; default 0.8. */
  readonly power?: number;
}

/**
 * Traces per arm that find a change of a proportion from `p1` to `p2`: (z_α/2 + z_β)² (p1 q1 + p2 q2) / (p1 − p2)²,
 * rounded up (Fleiss, Levin, Paik 2003, with unpooled variance). Infinite where they are equal. 2% → 4% takes
 * 1,139 at the defaults; the pooled variance of R's `power.prop.test` gives 1,141.
 */
export function tracesPerArm(
  p1: number,
  p2: number,
  { alpha = 0.05, power = 0.8 }: Errors = {},
): number {
  const z = normalQuantile(alpha / 2) + normalQuantile(1 - power);
  return Math.ceil((z * z * (p1 * (1 - p1) + p2 * (1 - p2))) / (p1 - p2) ** 2);
}

/** Chance that `n` traces per arm find a change from `p1` to `p2`, by the same approximation. */
export function powerOfTraces(n: number, p1: number, p2: number, alpha = 0.05): number {
  const deviation = Math.sqrt((p1 * (1 - p1) + p2 * (1 - p2)) / n);
  return normalTail(normalQuantile(alpha / 2) - Math.abs(p1 - p2) / deviation);
}

/**
 * Chance that the exact McNemar test finds an improvement on a slice of cases, each of which improves with
 * probability `better` and gets worse with probability `worse` (default 0). Exact. Twelve failing cases and a fix of 60%: 0.84.
 */
export function powerOfSlice(cases: number, better: number, worse = 0, alpha = 0.05): number {
  const differs = better + worse;
  if (differs <= 0) return 0;
  let power = 0;
  for (let pairs = 1; pairs <= cases; pairs += 1) {
    const least = leastSignificant(pairs, alpha);
    if (least !== null)
      power +=
        binomialProbability(pairs, cases, Math.min(1, differs)) *
        binomialAtLeast(least, pairs, better / differs);
  }
  return Math.min(1, power);
}

/** How many of the differing pairs must improve, at least, for significance; null if even all of them are too few. */
export function leastSignificant(pairs: number, alpha = 0.05): number | null {
  const isSignificant = (better: number): boolean =>
    (mcnemar(better, pairs - better)?.p ?? 1) < alpha;
  if (!isSignificant(pairs)) return null;
  let tooFew = Math.floor(pairs / 2);
  let enough = pairs;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isSignificant(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

/** The smallest slice on which the exact McNemar test has this power; null if none with up to `most` cases has. */
export function casesNeeded(
  better: number,
  worse = 0,
  { alpha = 0.05, power = 0.8 }: Errors = {},
  most = 500,
): number | null {
  for (let cases = 1; cases <= most; cases += 1)
    if (powerOfSlice(cases, better, worse, alpha) >= power) return cases;
  return null;
}
