import { normalTail } from './normal.ts';
import { pValue } from './p-value.ts';

/** Two groups in one stratum: `k1` of `n1` and `k2` of `n2` are marked. Counts may be estimates, not whole. */
export interface Stratum {
  readonly k1: number;
  readonly n1: number;
  readonly k2: number;
  readonly n2: number;
}

/**
 * Cochran, Mantel and Haenszel's test that two groups show a mark equally often within every stratum (1959), without
 * continuity correction. Two-sided; z is above 0 where the first group has more. z 0 and p 1 where it is undefined: no
 * stratum has both groups and both marked and unmarked ones.
 */
export function mantelHaenszel(strata: readonly Stratum[]): {
  readonly z: number;
  readonly p: number;
} {
  let excess = 0;
  let variance = 0;
  for (const { k1, n1, k2, n2 } of strata) {
    const all = n1 + n2;
    const marked = k1 + k2;
    if (n1 <= 0 || n2 <= 0 || all <= 1) continue;
    excess += k1 - (n1 * marked) / all;
    variance += (n1 * n2 * marked * (all - marked)) / (all * all * (all - 1));
  }
  if (!(variance > 0)) return { z: 0, p: 1 };
  const z = excess / Math.sqrt(variance);
  return { z, p: pValue(2 * normalTail(Math.abs(z))) };
}
