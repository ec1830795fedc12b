import type { Failure } from '../contract/failure.ts';
import type { PointCluster } from '../contract/grouping.ts';
import type { ClusterLabel } from '../contract/label.ts';
import { hexHash } from '../text/hash.ts';

interface IdentifiedCluster {
  readonly id: string;
  readonly label: ClusterLabel;
}

/** Returns the id and label of a cluster. Throws RangeError for a cluster without a label. */
export type Identify = (cluster: PointCluster) => IdentifiedCluster;

/**
 * Ids are `c-` and 8 hex digits hashed from category, detector and shared cause, so that the same cause keeps its
 * id in the next run, or from the category and the medoid's trace id if there is no shared cause. Labels come in
 * the order of the grouping, clusters of `medium` first, so that their ids do not depend on the other levels.
 */
export function identifier(
  labels: ReadonlyMap<PointCluster, ClusterLabel>,
  failures: readonly Failure[],
): Identify {
  const identified = new Map<PointCluster, IdentifiedCluster>();
  const taken = new Set<string>();
  for (const [cluster, label] of labels) {
    const medoid = failures[cluster.members[0] ?? -1]?.trace.id ?? '';
    const base = label.identity ?? [label.category, medoid];
    let id = idOf(base);
    if (taken.has(id)) id = idOf([...base, medoid]);
    for (let tries = 2; taken.has(id); tries += 1) id = idOf([...base, medoid, String(tries)]);
    taken.add(id);
    identified.set(cluster, { id, label });
  }
  return (cluster) => {
    const found = identified.get(cluster);
    if (found === undefined) throw new RangeError('a cluster has no label');
    return found;
  };
}

const idOf = (parts: readonly string[]): string => `c-${hexHash(parts.join('|'))}`;
