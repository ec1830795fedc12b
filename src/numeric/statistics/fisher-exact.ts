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
  return Math.min(1, p);
}

const logChoose = (n: number, k: number): number =>
  logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** ln n!, by summing up to 20 and by Stirling's series beyond (error under 1e-11). */
function logFactorial(n: number): number {
  if (n <= 20) {
    let product = 1;
    for (let k = 2; k <= n; k += 1) product *= k;
    return Math.log(product);
  }
  const series = 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5);
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + series;
}
