import { binomialAtMost, binomialProbability } from './binomial.ts';
import { pValue } from './p-value.ts';

export interface PairedTest {
  /** Two-sided exact p-value. */
  readonly p: number;
  /** The same with only half of the observed outcome counted: less conservative, may exceed its level. Secondary. */
  readonly midP: number;
}

/**
 * Exact McNemar test of paired outcomes: the two-sided binomial test, chance ½, on the pairs that differ.
 * `better` and `worse` count them by direction. Null where no pair differs: the test is undefined.
 * p = min(1, 2 P(X ≤ min)), mid-p = p − P(X = min) (Fagerland, Lydersen, Laake 2013, eq. 4); for equal
 * counts p = 1 and mid-p = 1 − P(X = min) / 2. First below 0.05: 6–0, 8–1, 10–2, 12–3.
 */
export function mcnemar(better: number, worse: number): PairedTest | null {
  const pairs = better + worse;
  if (pairs === 0) return null;
  const fewer = Math.min(better, worse);
  const seen = binomialProbability(fewer, pairs, 0.5);
  if (better === worse) return { p: 1, midP: 1 - seen / 2 };
  const p = 2 * binomialAtMost(fewer, pairs, 0.5);
  return { p: pValue(p), midP: pValue(p - seen) };
}
