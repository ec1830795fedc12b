/** What is summed up of the traces of a stretch of time. */
export type WatchedFigure =
  /** Exposures and totals: traces, for all that they stand for. */
  | { readonly of: 'traffic' }
  /** Exposures: eligible traces of the traffic. Totals: those of them that fail. */
  | { readonly of: 'failures' }
  /** The same; totals: those that fail by one of these causes. */
  | { readonly of: 'causes'; readonly causes: readonly string[] }
  /** Exposures: failures. Totals: those that belong to no cause. */
  | { readonly of: 'novelty' }
  /** Exposures: traces with a value, of the traffic over its effective size. Totals and squares of the score, or the natural logarithm of dollars or milliseconds. */
  | { readonly of: 'score'; readonly score: string }
  | { readonly of: 'cost' }
  | { readonly of: 'latency' };

/** Figures of stretches of five minutes from `start` on. */
export interface WatchedStretches {
  /** Epoch milliseconds, a whole multiple of five minutes. */
  readonly start: number;
  readonly exposures: Float64Array;
  readonly totals: Float64Array;
  /** Zeros for counts and rates. */
  readonly squares: Float64Array;
}

/** Values of a score of the traces of one cause. */
export interface CauseValues {
  /** '' for traces that belong to no cause. */
  readonly cause: string;
  readonly count: number;
  readonly total: number;
  readonly squares: number;
}
