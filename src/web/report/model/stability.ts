import type { ClusterQuality } from '../../../contract/cluster.ts';

/** A cluster with lower stability should not be trusted (Hennig 2007). */
const LEAST_STABLE = 0.6;

/** False if a cluster may be due to chance: most of it does not re-form in resamples. */
export const isStable = ({ stability }: ClusterQuality): boolean =>
  stability === null || stability >= LEAST_STABLE;
