import type { Stratum } from './mantel-haenszel.ts';
import { pValue } from './p-value.ts';
import { logChoose } from './special-functions.ts';

/** Sums as likely as the one seen, up to rounding, count as at least as extreme. */
const RELATIVE_ERROR = 1e-7;

/**
 * Two-sided p-value of the exact conditional test that two groups show a mark equally often within every stratum: the
 * probability of all numbers of marks in the first group that are no likelier than the one seen, with the totals of every
 * stratum as they are. Fisher's exact test where there is one stratum; `mantelhaen.test(exact = TRUE)` of R. Counts are whole.
 * Time grows with the square of the marks.
 */
export function stratifiedExact(strata: readonly Stratum[]): number {
  let chances = [1];
  let least = 0;
  let seen = 0;
  for (const { k1, n1, k2, n2 } of strata) {
    const marked = k1 + k2;
    const first = Math.max(0, marked - n2);
    const last = Math.min(marked, n1);
    const all = logChoose(n1 + n2, marked);
    const own = Array.from({ length: last - first + 1 }, (_, at) =>
      Math.exp(logChoose(n1, first + at) + logChoose(n2, marked - first - at) - all),
    );
    chances = convolved(chances, own);
    least += first;
    seen += k1;
  }
  const limit = chances[seen - least]! * (1 + RELATIVE_ERROR);
  return pValue(chances.reduce((sum, chance) => (chance <= limit ? sum + chance : sum), 0));
}

function convolved(a: readonly number[], b: readonly number[]): number[] {
  const sums = Array<number>(a.length + b.length - 1).fill(0);
  for (const [i, x] of a.entries()) for (const [j, y] of b.entries()) sums[i + j]! += x * y;
  return sums;
}
