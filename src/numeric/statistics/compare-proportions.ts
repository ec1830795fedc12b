import { fisherExact } from './fisher-exact.ts';
import { twoProportions } from './two-proportions.ts';

/** With fewer expected events in a cell, the score test is not accurate enough. */
const EXPECTED = 5;

/**
 * Two-sided p-value that two independent groups have the same proportion: Fisher's exact test where fewer than
 * five events are expected in a cell, otherwise the score test. Counts are whole numbers; an empty group gives 1.
 */
export function compareProportions(k1: number, n1: number, k2: number, n2: number): number {
  if (n1 === 0 || n2 === 0) return 1;
  const pooled = (k1 + k2) / (n1 + n2);
  const rarest = Math.min(pooled, 1 - pooled) * Math.min(n1, n2);
  return rarest < EXPECTED ? fisherExact(k1, n1, k2, n2) : twoProportions(k1, n1, k2, n2).p;
}
