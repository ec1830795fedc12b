import type { Granularity } from '../contract/grouping.ts';

export interface GroupInput {
  /** n × dimensions, row-major, rows of length 1 or all 0 (nothing to embed). */
  readonly vectors: Float32Array;
  readonly dimensions: number;
  /**
   * The cause of each row as a path (category, sub-kind, specifics), used to group known causes;
   * null for rows to group by distance. Null groups all rows by distance.
   */
  readonly causes: readonly (readonly string[] | null)[] | null;
}

export interface GroupOptions {
  readonly algorithm: 'hdbscan' | 'kmeans';
  /** Minimum members of a cluster. */
  readonly minClusterSize: number;
  /** Fixed number of clusters for k-means; null chooses it by silhouette. */
  readonly clusters: number | null;
  readonly seed: number;
}

/** Rows of one cluster, ascending, with the membership of each. */
export interface FoundCluster {
  readonly rows: readonly number[];
  readonly membership: readonly number[];
  readonly persistence: number | null;
  readonly stability: number | null;
}

/** The clusters of every granularity. */
export type FoundLevels = Readonly<Record<Granularity, readonly FoundCluster[]>>;
