import type { SegmentCost } from './pelt.ts';

/**
 * Twice the negative log likelihood of events among exposures with one rate in the segment, up to a constant. Time
 * without exposures costs nothing.
 */
export function binomialCost(events: readonly number[], exposures: readonly number[]): SegmentCost {
  const marked = runningSum(events);
  const all = runningSum(exposures);
  return (from, to) => {
    const k = marked[to]! - marked[from]!;
    const n = all[to]! - all[from]!;
    return -2 * (logPart(k, n) + logPart(n - k, n));
  };
}

const logPart = (k: number, n: number): number => (k <= 0 || n <= 0 ? 0 : k * Math.log(k / n));

/** Weighted sum of squares around the mean of the segment: `l2` of ruptures where all weights are 1. */
export function meanCost(values: readonly number[], weights: readonly number[]): SegmentCost {
  // Around the mean of all, so that squares do not swallow the differences.
  const center =
    values.reduce((sum, value, at) => sum + value * weights[at]!, 0) /
    Math.max(
      Number.MIN_VALUE,
      weights.reduce((sum, each) => sum + each, 0),
    );
  const weight = runningSum(weights);
  const first = runningSum(values.map((value, at) => weights[at]! * (value - center)));
  const second = runningSum(values.map((value, at) => weights[at]! * (value - center) ** 2));
  return (from, to) => {
    const w = weight[to]! - weight[from]!;
    if (w <= 0) return 0;
    const s = first[to]! - first[from]!;
    return Math.max(0, second[to]! - second[from]! - (s * s) / w);
  };
}

function runningSum(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (const [at, value] of values.entries()) sums[at + 1] = sums[at]! + value;
  return sums;
}
