/** Small summaries of a list of numbers. */

export const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/** The median: the middle value, or the mean of the two middle ones; 0 for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** How many equally weighted draws tell as much as these weighted ones: (Σw)² ÷ Σw² (Kish 1965). 0 for an empty list. */
export function effectiveSampleSize(weights: readonly number[]): number {
  const total = sum(weights);
  const squares = sum(weights.map((weight) => weight * weight));
  return squares > 0 ? (total * total) / squares : 0;
}
