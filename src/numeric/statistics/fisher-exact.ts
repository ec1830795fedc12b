import { pValue } from './p-value.ts';
import { logChoose } from './special-functions.ts';

/** Tables as likely as the one seen, up to rounding, count as at least as extreme. */
const RELATIVE_ERROR = 1e-7;

/**
 * Two-sided p-value of Fisher's exact test that two groups of `n1` and `n2` show a mark equally often
 * when `k1` and `k2` of them do: the probability of all tables no likelier than this one. Time grows
 * with the smaller margin.
 */
export function fisherExact(k1: number, n1: number, k2: number, n2: number): number {
  const marked = k1 + k2;
  const first = Math.max(0, marked - n1);
  const last = Math.min(marked, n2);
  const all = logChoose(n1 + n2, marked);
  const logP = (k: number): number => logChoose(n2, k) + logChoose(n1, marked - k) - all;
  const limit = logP(k2) + RELATIVE_ERROR;
  let p = 0;
  for (let k = first; k <= last; k += 1) {
    const each = logP(k);
    if (each <= limit) p += Math.exp(each);
  }
  return pValue(p);
}
