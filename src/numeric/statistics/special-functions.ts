/**
 * The functions that distributions are made of, accurate to about twelve significant digits even far out
 * in the tails. Arguments are trusted: a, b > 0, x ≥ 0.
 */

const ITERATIONS = 100_000;
const PRECISION = 1e-16;
/** Stands for 0 in a continued fraction (Lentz's method). */
const TINY = 1e-300;

/** ln n! of a whole number: by multiplying up to 20, by Stirling's series beyond (error under 1e-11). */
export function logFactorial(n: number): number {
  if (n <= 20) {
    let product = 1;
    for (let k = 2; k <= n; k += 1) product *= k;
    return Math.log(product);
  }
  return stirling(n) + Math.log(n);
}

/** ln C(n, k) of whole numbers. */
export const logChoose = (n: number, k: number): number =>
  logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** ln Γ(x) for x > 0: Stirling's series, from 15 on, reached by the recurrence Γ(x + 1) = x Γ(x). */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 15) {
    product *= shifted;
    shifted += 1;
  }
  return stirling(shifted) - Math.log(product);
}

/** ln Γ(x) for x ≥ 15. */
function stirling(x: number): number {
  const inverse = 1 / x;
  const square = inverse * inverse;
  const series =
    inverse *
    (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))));
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}

/** Regularized incomplete beta function I_x(a, b): continued fraction (DLMF 8.17.22), modified Lentz. */
export function regularizedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaFraction(1 - x, b, a);
  return betaFraction(x, a, b);
}

/** 1 − I_x(a, b), without the loss of digits that subtracting brings. */
export const regularizedBetaUpper = (x: number, a: number, b: number): number =>
  regularizedBeta(1 - x, b, a);

function betaFraction(x: number, a: number, b: number): number {
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= ITERATIONS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return Math.min(1, (front * value) / a);
}

/** Regularized lower incomplete gamma function P(a, x): series or continued fraction (DLMF 8.11.4, 8.9.2). */
export const regularizedGamma = (a: number, x: number): number => {
  if (x <= 0) return 0;
  return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x);
};

/** Q(a, x) = 1 − P(a, x), accurate even where it is tiny. */
export const regularizedGammaUpper = (a: number, x: number): number => {
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x);
};

const gammaFront = (a: number, x: number): number => Math.exp(a * Math.log(x) - x - logGamma(a));

function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n <= ITERATIONS; n += 1) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * PRECISION) break;
  }
  return Math.min(1, gammaFront(a, x) * sum);
}

function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / awayFromZero(b);
  let value = d;
  for (let n = 1; n <= ITERATIONS; n += 1) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / awayFromZero(step * d + b);
    c = awayFromZero(b + step / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return Math.min(1, gammaFront(a, x) * value);
}

const awayFromZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/** Where a rising function reaches `target` between two bounds, by halving to the last digit. */
export function inverse(
  rising: (x: number) => number,
  target: number,
  low: number,
  high: number,
): number {
  let from = low;
  let to = high;
  for (let round = 0; round < 200; round += 1) {
    const middle = (from + to) / 2;
    if (middle <= from || middle >= to) break;
    if (rising(middle) < target) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}
