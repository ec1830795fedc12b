import { normalTail } from './normal.ts';
import { pValue } from './p-value.ts';

/**
 * Score test that two independent groups have the same proportion: z of the difference under the pooled
 * proportion, whose square is Pearson's χ². Two-sided. `continuity` (default false) subtracts Yates'
 * correction, which makes it conservative. Where the test is undefined (an empty group, no events, or only events), z is 0 and p is 1.
 * Below five expected events in a cell use Fisher's exact test.
 */
export function twoProportions(
  k1: number,
  n1: number,
  k2: number,
  n2: number,
  { continuity = false }: { readonly continuity?: boolean } = {},
): { readonly z: number; readonly p: number } {
  const pooled = (k1 + k2) / (n1 + n2);
  const variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2);
  if (!(variance > 0) || !Number.isFinite(variance)) return { z: 0, p: 1 };
  const difference = k1 / n1 - k2 / n2;
  const correction = continuity ? (1 / n1 + 1 / n2) / 2 : 0;
  const size = Math.max(0, Math.abs(difference) - correction) / Math.sqrt(variance);
  return { z: difference < 0 ? -size : size, p: pValue(2 * normalTail(size)) };
}
