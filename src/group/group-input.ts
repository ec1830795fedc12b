import type { Cause, Leftover } from '../contract/cause.ts';
import type { FactRow, Population } from '../contract/fact-rows.ts';
import type { ApartCauses, StandingCause } from '../contract/frozen-model.ts';
import type { Granularity, Projection } from '../contract/grouping.ts';

export interface GroupInput {
  /** n × dimensions, row-major, rows of length 1 or all 0 (nothing to embed). */
  readonly vectors: Float32Array;
  readonly dimensions: number;
  /**
   * The cause of each row as a path (category, sub-kind, specifics), used to group known causes;
   * null for rows to group by distance. Null groups all rows by distance.
   */
  readonly causes: readonly (readonly string[] | null)[] | null;
  /** m × dimensions: passing traces to place on the map of the rows, which they do not change. */
  readonly passing?: Float32Array;
  /** Facts of the rows and of the input; without them clusters have no conditions. */
  readonly facts?: GroupFacts;
  /** Pairs of causes whose failures share no cluster. */
  readonly apart?: readonly ApartCauses[];
  /** Causes that there are, in order of rank; settled ones stay as they are. */
  readonly standing?: readonly StandingCause[];
}

/** What causes are found from. */
export interface GroupFacts {
  /** Facts of each row, in order. */
  readonly rows: readonly (FactRow & { readonly id: string })[];
  /** Failed traces that each row stands for. */
  readonly weights: readonly number[];
  /** Whether a model names the row's cause: such rows keep it, because the model saw only a sample. */
  readonly claimed: readonly boolean[];
  /** Category of each row's cause; null for none. */
  readonly categories: readonly (string | null)[];
  readonly severityOf: (category: string | null) => number;
  readonly population: Population;
  /** Eligible traces of the input. */
  readonly eligible: number;
  /** Failures without a known cause are compared with the other traces; else they are grouped by distance. */
  readonly compare: boolean;
}

export interface GroupOptions {
  readonly algorithm: 'hdbscan' | 'kmeans' | 'linkage';
  /** Minimum members of a cluster. */
  readonly minClusterSize: number;
  /** Fixed number of clusters for k-means and linkage; null chooses it by silhouette. */
  readonly clusters: number | null;
  /** How the map is drawn. */
  readonly projection: Projection;
  readonly seed: number;
}

/** Rows of one cluster, ascending, with the membership of each. */
export interface FoundCluster {
  readonly rows: readonly number[];
  readonly membership: readonly number[];
  readonly persistence: number | null;
  readonly stability: number | null;
  readonly cause: Cause | null;
  readonly leftover: Leftover | null;
}

/** The clusters of every granularity. */
export type FoundLevels = Readonly<Record<Granularity, readonly FoundCluster[]>>;
