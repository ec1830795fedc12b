import { logGamma } from './special-functions.ts';

/** Shape of the mixing distribution, Beta(1/2, 1/2), and the logarithm of its normalizing constant. */
const HALF = 0.5;
const LOG_BETA_HALF = Math.log(Math.PI);

/**
 * An interval for a proportion that may be looked at after every trial: with 95% probability it holds the true proportion at
 * all times together, so that stopping when it says something is no mistake. It holds every p under which the likelihood,
 * averaged over Beta(1/2, 1/2), is less than 1/α times as high (Robbins 1970; by Ville's inequality).
 * @param k successes among `n` trials
 */
export function alwaysValid(k: number, n: number, confidence = 0.95): readonly [number, number] {
  if (n <= 0) return [0, 1];
  const isOut = (p: number): boolean => isExcluded(p, k, n, confidence);
  return [k === 0 ? 0 : crossing(isOut, k / n, 0), k === n ? 1 : crossing(isOut, k / n, 1)];
}

/** Whether a proportion is outside of that interval, without working it out. */
export function isExcluded(p: number, k: number, n: number, confidence = 0.95): boolean {
  if (n <= 0) return false;
  const mixed = logGamma(HALF + k) + logGamma(HALF + n - k) - logGamma(1 + n) - LOG_BETA_HALF;
  const own = (k > 0 ? k * Math.log(p) : 0) + (n > k ? (n - k) * Math.log1p(-p) : 0);
  return mixed - own >= -Math.log(1 - confidence);
}

/** Halvings of an interval of length 1 at most. */
const HALVINGS = 60;

/** Where it begins to be out, on the way from a place inside to an end. */
function crossing(isOut: (p: number) => boolean, inside: number, outside: number): number {
  let [within, beyond] = [inside, outside];
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (within + beyond) / 2;
    if (isOut(middle)) beyond = middle;
    else within = middle;
  }
  return (within + beyond) / 2;
}
