/**
 * Weighted max–min fair allocation of a budget over texts: short texts get their whole length, long ones
 * equal shares by weight. Sums to at most the budget. O(n log n).
 */
export function allocateBudget(
  texts: readonly { readonly length: number; readonly weight: number }[],
  budget: number,
): number[] {
  const order = texts
    .map((text, index) => ({ ...text, index }))
    .sort((a, b) => a.length / a.weight - b.length / b.weight || a.index - b.index);
  const shares: number[] = Array(texts.length).fill(0);
  let left = budget;
  let weights = texts.reduce((sum, { weight }) => sum + weight, 0);
  for (const { length, weight, index } of order) {
    const share = Math.min(length, Math.floor((left * weight) / weights));
    shares[index] = share;
    left -= share;
    weights -= weight;
  }
  return shares;
}
