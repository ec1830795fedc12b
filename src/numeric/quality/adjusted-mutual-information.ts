import type { Contingency } from './contingency.ts';

export type MutualAverage = 'arithmetic' | 'max';

/**
 * Adjusted mutual information (Vinh, Epps, Bailey 2010): (MI − E[MI]) / (average entropy − E[MI]), in nats.
 * Cost: Σ over pairs of classes of the smaller size, at most classes × n. Deterministic.
 * Origin: scikit-learn 1.9.1 `adjusted_mutual_info_score`, with its value 1 if both labelings have one class,
 * and its guard of one rounding unit around a denominator of 0.
 */
export function adjustedMutual(table: Contingency, average: MutualAverage): number {
  const { first, second, total } = table;
  if (first.length === second.length && first.length <= 1) return 1;
  const mutual = mutualInformation(table);
  const expected = expectedMutualInformation(first, second, total);
  const h = [entropy(first, total), entropy(second, total)] as const;
  const normalizer = average === 'max' ? Math.max(...h) : (h[0] + h[1]) / 2;
  const denominator = normalizer - expected;
  const guarded =
    denominator < 0
      ? Math.min(denominator, -Number.EPSILON)
      : Math.max(denominator, Number.EPSILON);
  const numerator = mutual - expected;
  return (Math.abs(numerator) < Number.EPSILON ? Number.EPSILON : numerator) / guarded;
}

function mutualInformation({ total, first, second, rows, columns, counts }: Contingency): number {
  let sum = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell]!;
    const independent = first[rows[cell]!]! * second[columns[cell]!]!;
    sum += (count / total) * Math.log((count * total) / independent);
  }
  return Math.max(sum, 0);
}

function entropy(counts: Float64Array, total: number): number {
  return counts.reduce((sum, count) => sum - (count / total) * Math.log(count / total), 0);
}

/** The expectation under random labelings of the same sizes: hypergeometric cells, log factorials from a table. */
function expectedMutualInformation(
  first: Float64Array,
  second: Float64Array,
  total: number,
): number {
  const logFactorial = new Float64Array(total + 1);
  for (let i = 2; i <= total; i++) logFactorial[i] = logFactorial[i - 1]! + Math.log(i);
  let sum = 0;
  for (const a of first)
    for (const b of second) {
      const fixed =
        logFactorial[a]! +
        logFactorial[b]! +
        logFactorial[total - a]! +
        logFactorial[total - b]! -
        logFactorial[total]!;
      const most = Math.min(a, b);
      for (let count = Math.max(1, a + b - total); count <= most; count++) {
        const logProbability =
          fixed -
          logFactorial[count]! -
          logFactorial[a - count]! -
          logFactorial[b - count]! -
          logFactorial[total - a - b + count]!;
        sum += (count / total) * Math.log((total * count) / (a * b)) * Math.exp(logProbability);
      }
    }
  return sum;
}
