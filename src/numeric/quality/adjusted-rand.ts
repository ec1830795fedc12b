import type { Contingency } from './contingency.ts';

/**
 * Adjusted Rand index (Hubert and Arabie 1985): 1 for equal groupings, 0 expected by chance.
 * Origin: scikit-learn 1.9.1 `adjusted_rand_score`, with its value 1 if all pairs agree, which covers trivial groupings.
 */
export function adjustedRand({ total, first, second, counts }: Contingency): number {
  const both = pairs(counts);
  const inFirst = pairs(first);
  const inSecond = pairs(second);
  const all = (total * (total - 1)) / 2;
  if (both === inFirst && both === inSecond) return 1;
  const expected = (inFirst * inSecond) / all;
  return (both - expected) / ((inFirst + inSecond) / 2 - expected);
}

function pairs(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}
