/**
 * Area under the ROC curve: the chance that a positive row has a higher score than a negative one, ties counting one half
 * (Mann–Whitney U). Rows may have weights. NaN without both classes. Sorts once: n log n.
 */
export function areaUnderCurve(
  scores: ArrayLike<number>,
  isPositive: ArrayLike<number>,
  weights: ArrayLike<number> | null = null,
): number {
  return curveOf(scores)(isPositive, weights);
}

/** The same for many weightings of the same scores, as a bootstrap has them: sorts once, then n each. */
export function curveOf(
  scores: ArrayLike<number>,
): (isPositive: ArrayLike<number>, weights: ArrayLike<number> | null) => number {
  const order = Int32Array.from({ length: scores.length }, (_, index) => index).sort(
    (a, b) => scores[a]! - scores[b]!,
  );
  return (isPositive, weights) => {
    let below = 0;
    let positives = 0;
    let wins = 0;
    for (let at = 0; at < order.length; ) {
      const score = scores[order[at]!]!;
      let tiedPositive = 0;
      let tiedNegative = 0;
      for (; at < order.length && scores[order[at]!] === score; at++) {
        const row = order[at]!;
        const weight = weights === null ? 1 : weights[row]!;
        if (isPositive[row] === 1) tiedPositive += weight;
        else tiedNegative += weight;
      }
      wins += tiedPositive * (below + tiedNegative / 2);
      below += tiedNegative;
      positives += tiedPositive;
    }
    return wins / (positives * below);
  };
}
