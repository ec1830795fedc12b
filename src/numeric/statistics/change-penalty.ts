import { nextBinomial } from '../random/binomial.ts';
import { nextNormal, type RandomState, seedRandom } from '../random/random.ts';
import type { SegmentCost } from './pelt.ts';
import { median } from './sample.ts';
import { binomialCost, meanCost } from './segment-cost.ts';

const DRAWS = 1_000;
/** Below 5%, because the rate is itself an estimate, and because several changes together may pay where one does not. */
const LEVEL = 0.025;

interface PenaltyOptions {
  /** Series that are looked at together; the chance of any false change in them stays below 5%. Default 1. */
  readonly series?: number;
  /** Default 2. */
  readonly minSize?: number;
  /** Default 42. */
  readonly seed?: number;
}

/**
 * The penalty of `pelt` with `binomialCost` at which at most 5% of series with a constant rate show a change: the 97.5th
 * percentile of what the best single change gains, in 1,000 seeded simulations of a constant rate with these exposures
 * and about as many events. The chance of a greater gain falls with exp(−gain ÷ 2), which extends it to several series.
 */
export function ratePenalty(
  exposures: readonly number[],
  events: number,
  options: PenaltyOptions = {},
): number {
  const all = exposures.reduce((sum, each) => sum + each, 0);
  if (all <= 0) return Number.POSITIVE_INFINITY;
  const rate = Math.min(1, events / all);
  return simulated(exposures.length, options, (state) =>
    binomialCost(
      exposures.map((n) => nextBinomial(state, Math.round(n), rate)),
      exposures,
    ),
  );
}

/** The same for `meanCost` with weights of one over the variance: `counts` values of equal variance in each mean. */
export const meanPenalty = (counts: readonly number[], options: PenaltyOptions = {}): number =>
  simulated(counts.length, options, (state) =>
    meanCost(
      counts.map((n) => (n > 0 ? nextNormal(state) / Math.sqrt(n) : 0)),
      counts,
    ),
  );

function simulated(
  length: number,
  { series = 1, minSize = 2, seed = 42 }: PenaltyOptions,
  draw: (state: RandomState) => SegmentCost,
): number {
  const state = seedRandom(seed, length);
  const gains = Float64Array.from({ length: DRAWS }, () => bestGain(length, draw(state), minSize));
  gains.sort();
  return gains[Math.ceil((1 - LEVEL) * DRAWS) - 1]! + 2 * Math.log(Math.max(1, series));
}

function bestGain(length: number, cost: SegmentCost, minSize: number): number {
  const whole = cost(0, length);
  let best = 0;
  for (let at = minSize; at <= length - minSize; at += 1)
    best = Math.max(best, whole - cost(0, at) - cost(at, length));
  return best;
}

/** Median of χ² with one degree of freedom. */
const USUAL = 0.454936;
const FEWEST_STEPS = 8;

/**
 * How much more a rate varies from one group to the next than chance alone makes it, 1 or more: the median squared step
 * in standard errors, so that a few real changes do not count. The penalty has to grow by it.
 */
export function rateDispersion(events: readonly number[], exposures: readonly number[]): number {
  const used = exposures.flatMap((n, at) => (n > 0 ? [at] : []));
  const k = used.reduce((sum, at) => sum + events[at]!, 0);
  const n = used.reduce((sum, at) => sum + exposures[at]!, 0);
  const p = n > 0 ? k / n : 0;
  return dispersion(
    used.map((at) => events[at]! / exposures[at]!),
    used.map((at) => (p * (1 - p)) / exposures[at]!),
  );
}

/** The same for means, with the variance of each. */
export function dispersion(means: readonly number[], variances: readonly number[]): number {
  if (means.length <= FEWEST_STEPS) return 1;
  const steps = means.slice(1).flatMap((mean, at) => {
    const variance = variances[at]! + variances[at + 1]!;
    return variance > 0 ? [(mean - means[at]!) ** 2 / variance] : [];
  });
  return Math.max(1, median(steps) / USUAL);
}
