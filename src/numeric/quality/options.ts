export interface ClusterQualityOptions {
  readonly dimensions: number;
  /**
   * Points looked at, drawn from every cluster by its share, at least 20 of each, which may come to three times as many. Default 4,000. Of more
   * than 400 clusters (of 4,000) fewer than 20 each are drawn, of more than 2,000 only so many clusters.
   */
  readonly sample?: number;
  /** Seed of the draw. Default 0. */
  readonly seed?: number;
}

export interface TrustworthinessOptions {
  readonly dimensions: number;
  /** Columns of the layout. Default 2. */
  readonly layoutDimensions?: number;
  /** Default 15; below n / 2. */
  readonly k?: number;
  /** Points looked at, each against all others: 5 s for 1,000 among 100,000 × 256. Default 1,000. */
  readonly sample?: number;
  readonly seed?: number;
}

export interface StabilityOptions {
  readonly dimensions: number;
  readonly seed: number;
  /** Default 20. */
  readonly rounds?: number;
  /** Share of the points in each subset. Default 0.8. */
  readonly share?: number;
  /** Maximum points in a subset. Default 1,000, to bound the cost. */
  readonly most?: number;
}
