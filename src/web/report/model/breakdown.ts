import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';

/** How common one value (a tenant, a prompt version) is in a cluster and among all other failures. */
export interface BreakdownRow {
  readonly value: string | null;
  readonly inside: number;
  readonly outside: number;
  readonly failures: number;
}

/** Weighted shares by value, most common in the cluster first; empty when all failures share one value. */
export function breakdown(
  failures: readonly AnalyzedFailure[],
  members: ReadonlySet<number>,
  pickValue: (failure: AnalyzedFailure) => string | null,
): BreakdownRow[] {
  const sums = new Map<string | null, { inside: number; outside: number; failures: number }>();
  const total = { inside: 0, outside: 0 };
  failures.forEach((failure, i) => {
    const value = pickValue(failure);
    const sum = sums.get(value) ?? { inside: 0, outside: 0, failures: 0 };
    const side = members.has(i) ? 'inside' : 'outside';
    sum[side] += failure.weight;
    total[side] += failure.weight;
    if (side === 'inside') sum.failures += 1;
    sums.set(value, sum);
  });
  if (sums.size < 2) return [];
  return [...sums]
    .filter(([, sum]) => sum.failures > 0)
    .map(([value, sum]) => ({
      value,
      inside: sum.inside / total.inside,
      outside: total.outside > 0 ? sum.outside / total.outside : 0,
      failures: sum.failures,
    }))
    .sort((a, b) => b.inside - a.inside || String(a.value).localeCompare(String(b.value), 'en'));
}
