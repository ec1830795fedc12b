import type { Stratum } from './mantel-haenszel.ts';
import { wilson } from './wilson.ts';

/** Proportions of two groups as if both had the same strata. */
export interface StandardizedProportions {
  readonly first: number;
  readonly second: number;
  readonly difference: number;
  /** 95%, of the difference. */
  readonly interval: readonly [number, number];
}

/**
 * Direct standardization: the mean of the proportions in each stratum, weighted by the size of the stratum in both groups
 * together. The interval of first − second is the stratified Newcombe interval of Yan and Su (2010) with these weights.
 * Every stratum needs something of both groups.
 */
export function standardizeProportions(strata: readonly Stratum[]): StandardizedProportions {
  const total = strata.reduce((sum, { n1, n2 }) => sum + n1 + n2, 0);
  let first = 0;
  let second = 0;
  let below = 0;
  let above = 0;
  for (const { k1, n1, k2, n2 } of strata) {
    const weight = (n1 + n2) / total;
    const [p1, p2] = [k1 / n1, k2 / n2];
    const [low1, high1] = wilson(p1, n1);
    const [low2, high2] = wilson(p2, n2);
    first += weight * p1;
    second += weight * p2;
    below += weight ** 2 * ((p1 - low1) ** 2 + (high2 - p2) ** 2);
    above += weight ** 2 * ((high1 - p1) ** 2 + (p2 - low2) ** 2);
  }
  const difference = first - second;
  return {
    first,
    second,
    difference,
    interval: [difference - Math.sqrt(below), difference + Math.sqrt(above)],
  };
}
