/** A probability as a p-value: at most 1, and never 0, which no test on counts can prove, however far out. */
export const pValue = (probability: number): number =>
  Math.min(1, Math.max(Number.MIN_VALUE, probability));
