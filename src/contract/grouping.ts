/** Clusters of n points, as `group` finds them. */
export interface Grouping {
  /** n: index into `clusters`, -1 for noise. */
  readonly labels: Int32Array;
  /** n: how firmly a point belongs to its cluster, 0 to 1; 0 for noise. */
  readonly membership: Float32Array;
  /** n × 2: the map. */
  readonly map: Float32Array;
  /** n: why a point is noise; null inside clusters. */
  readonly noise: readonly (NoiseReason | null)[];
  readonly clusters: readonly PointCluster[];
}

export type NoiseReason = 'too few like it' | 'between clusters' | 'no text in this view';

export interface PointCluster {
  /** Nearest the centre first. */
  readonly members: readonly number[];
  /** Stability relative to its life in the hierarchy, 0 to 1; null where the algorithm has none. */
  readonly persistence: number | null;
  readonly silhouette: number | null;
  /** Mean bootstrap Jaccard, 0 to 1; null where it was not computed. */
  readonly stability: number | null;
  /** Index of the cluster with the nearest centre; null when alone. */
  readonly nearest: number | null;
}
