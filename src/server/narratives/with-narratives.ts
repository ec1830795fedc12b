import type { Cluster } from '../../contract/cluster.ts';
import type { StoredNarrative } from '../../store/workspace/workspace.ts';

/** Causes with what the label model said of them. */
export function withNarratives(
  clusters: readonly Cluster[],
  stored: readonly StoredNarrative[],
): Cluster[] {
  const byCause = new Map(stored.map(({ cause, narrative }) => [cause, narrative]));
  return clusters.map((cluster) => {
    const narrative = byCause.get(cluster.id) ?? null;
    return narrative === null ? cluster : { ...cluster, narrative };
  });
}
