/** Sums over values, each counted for all that its trace stands for. */
export interface WeightedSums {
  readonly weights: number;
  readonly weightSquares: number;
  readonly total: number;
  readonly squares: number;
}

/** Sums over as many values as count for the precision of their mean. */
export interface EffectiveSums {
  readonly count: number;
  readonly total: number;
  readonly squares: number;
}

/**
 * Sums of groups with their means and their shares as weighted, and together as many values as the effective size of the whole
 * (Kish 1965): what follows from few traces that stand for many is not more certain for that. Counts where every weight is 1.
 */
export function effectiveSums(groups: readonly WeightedSums[]): readonly EffectiveSums[] {
  const weights = groups.reduce((sum, each) => sum + each.weights, 0);
  const weightSquares = groups.reduce((sum, each) => sum + each.weightSquares, 0);
  const scale = weightSquares === 0 ? 0 : weights / weightSquares;
  return groups.map((each) => ({
    count: each.weights * scale,
    total: each.total * scale,
    squares: each.squares * scale,
  }));
}
