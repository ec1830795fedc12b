/**
 * Benjamini and Hochberg's q-values (1995): the p-values adjusted so that rejecting those up to q keeps the share
 * of false rejections at q; for independent or positively dependent tests. In the order given.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[b]! - pValues[a]!);
  const adjusted = pValues.slice();
  let lowest = 1;
  for (const [place, index] of order.entries()) {
    const rank = pValues.length - place;
    lowest = Math.min(lowest, (pValues[index]! * pValues.length) / rank);
    adjusted[index] = lowest;
  }
  return adjusted;
}
