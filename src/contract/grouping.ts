import type { Cause, Leftover } from './cause.ts';

/** From few broad clusters to many narrow ones. `medium` is the default. */
export const GRANULARITIES = ['coarsest', 'coarse', 'medium', 'fine', 'finest'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** How vectors become positions on the map. */
export const PROJECTIONS = ['umap', 'tsne'] as const;
export type Projection = (typeof PROJECTIONS)[number];

/** Why a failure is in no cluster. */
export const NOISE_REASONS = [
  'too few similar failures',
  'between clusters',
  'no text in this view',
] as const;
export type NoiseReason = (typeof NOISE_REASONS)[number];

/** Clusters of n points at up to five granularities, as `group` finds them. */
export interface Grouping {
  /** n × 2: positions on the map. */
  readonly positions: Float32Array;
  /** m × 2: positions of the passing traces among them; NaN without a vector. */
  readonly passingPositions: Float32Array;
  /** The clusters of all levels, each once, those of `medium` first. */
  readonly clusters: readonly PointCluster[];
  /**
   * Coarse to fine. `medium` is always there; a level with as many clusters, within a twentieth, as its
   * neighbor nearer to `medium` is left out.
   */
  readonly levels: readonly GroupingLevel[];
}

/** One way to divide all points. */
export interface GroupingLevel {
  readonly granularity: Granularity;
  /** Largest first. */
  readonly clusters: readonly LevelCluster[];
  /** n: position in `clusters`, -1 for noise. */
  readonly assignments: Int32Array;
  /** n: how firmly a point belongs to its cluster, 0 to 1; 0 for noise. */
  readonly membership: Float32Array;
  /** n: why a point is noise; null inside clusters. */
  readonly noise: readonly (NoiseReason | null)[];
}

/** A cluster at one level, with the properties that vary by level. */
export interface LevelCluster {
  readonly cluster: PointCluster;
  readonly silhouette: number | null;
  /** The cluster with the nearest center at this level; null when alone. */
  readonly nearest: PointCluster | null;
}

/** A set of points. Two levels that share a cluster refer to the same object. */
export interface PointCluster {
  /** Row indices, nearest the center first. */
  readonly members: readonly number[];
  /** Stability relative to its life in the hierarchy, 0 to 1; null where the algorithm has none. */
  readonly persistence: number | null;
  /** Mean Jaccard overlap with its best match when the rows are resampled, 0 to 1; null where it was not computed. */
  readonly stability: number | null;
  /** The condition that its members meet; null for clusters of similar failures. */
  readonly cause: Cause | null;
  /** Set for failures that no cause explains. */
  readonly leftover: Leftover | null;
}
