import type { Granularity } from './grouping.ts';

/** The options a run was made with, all resolved, as its record keeps them. */
export interface RunOptions {
  readonly sample: number;
  readonly seed: number;
  /** As `--view` takes it. */
  readonly view: string;
  readonly algorithm: 'hdbscan' | 'kmeans';
  readonly minClusterSize: number;
  readonly granularity: Granularity;
  readonly all: boolean;
  readonly scores: readonly string[];
  readonly severity: Readonly<Record<string, number>>;
  readonly divideByFixCost: boolean;
  /** What a policy file changed; null without one. */
  readonly policy: {
    readonly replace: boolean;
    readonly categories: readonly string[];
    readonly without: readonly string[];
    readonly allow: readonly string[];
  } | null;
}
