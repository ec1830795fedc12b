/** From few broad clusters to many narrow ones. `medium` is the default. */
export const GRANULARITIES = ['coarsest', 'coarse', 'medium', 'fine', 'finest'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** Clusters of n points at up to five granularities, as `group` finds them. */
export interface Grouping {
  /** n × 2: the map. */
  readonly map: Float32Array;
  /** Those of all levels, each once; a cluster that two levels share is one entry. */
  readonly clusters: readonly PointCluster[];
  /** Coarse to fine. `medium` is always there; one of as many clusters, within a twentieth, as the next nearer to it is left out. */
  readonly levels: readonly GroupingLevel[];
}

/** One way to divide all points. */
export interface GroupingLevel {
  readonly granularity: Granularity;
  /** Largest first. */
  readonly clusters: readonly LevelCluster[];
  /** n: index into `Grouping.clusters`, -1 for noise. */
  readonly labels: Int32Array;
  /** n: how firmly a point belongs to its cluster, 0 to 1; 0 for noise. */
  readonly membership: Float32Array;
  /** n: why a point is noise; null inside clusters. */
  readonly noise: readonly (NoiseReason | null)[];
}

/** What of a cluster depends on the others of its level. */
interface LevelCluster {
  /** Index into `Grouping.clusters`. */
  readonly cluster: number;
  readonly silhouette: number | null;
  /** Index into `Grouping.clusters` of the one with the nearest centre at this level; null when alone. */
  readonly nearest: number | null;
}

export const NOISE_REASONS = [
  'too few like it',
  'between clusters',
  'no text in this view',
] as const;
export type NoiseReason = (typeof NOISE_REASONS)[number];

export interface PointCluster {
  /** Nearest the centre first. */
  readonly members: readonly number[];
  /** Stability relative to its life in the hierarchy, 0 to 1; null where the algorithm has none. */
  readonly persistence: number | null;
  /** Mean Jaccard overlap with its best match when the rows are drawn again, 0 to 1; null where it was not computed. */
  readonly stability: number | null;
}
