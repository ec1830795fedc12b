/** Points, row-major, whose squared Euclidean distance orders pairs as a metric does. */
export interface MetricSpace {
  readonly points: Float32Array;
  readonly dim: number;
}
