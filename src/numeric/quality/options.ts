export interface ClusterQualityOptions {
  readonly dimensions: number;
  /**
   * Number of points to look at, default 4,000. They are drawn from every cluster in proportion to its size, but at least 20 from each, so
   * there may be three times as many. With more than 400 clusters (at the default), fewer than 20 are drawn from each; with more than 2,000
   * clusters, only some clusters are drawn from.
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
  /** Number of points to look at, each compared with all others: 1,000 among 100,000 × 256 take 5 s. Default 1,000. */
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
