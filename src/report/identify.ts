import { type FreshCause, keptIds } from '../cause/cause.ts';
import type { Failure } from '../contract/failure.ts';
import type { IdentifiedCause } from '../contract/frozen-model.ts';
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
 * A cause of an earlier analysis keeps its id (`keptIds`). Other ids are `c-` and 8 hex digits hashed from category, detector
 * and shared cause, so that the same cause has the same id in every input, or from the category and the medoid's trace id if
 * there is no shared cause. Labels come in the order of the grouping, clusters of `medium` first, so that their ids do not
 * depend on the other levels.
 */
export function identifier(
  labels: ReadonlyMap<PointCluster, ClusterLabel>,
  failures: readonly Failure[],
  earlier: readonly IdentifiedCause[] = [],
): { readonly identify: Identify; readonly identities: readonly IdentifiedCause[] } {
  const fresh = [...labels].map(([cluster, { identity }]): FreshCause => {
    const members = cluster.members.map((row) => failures[row]!.trace.id);
    return { fingerprint: identity === null ? null : hexHash(identity.join('|')), members };
  });
  const kept = earlier.length === 0 ? [] : keptIds(fresh, earlier);
  const taken = new Set(kept.filter((id) => id !== null));
  const identified = new Map<PointCluster, IdentifiedCluster>();
  const identities: IdentifiedCause[] = [];
  const newId = ({ identity, category }: ClusterLabel, medoid: string): string => {
    const base = identity ?? [category, medoid];
    let id = idOf(base);
    if (taken.has(id)) id = idOf([...base, medoid]);
    for (let tries = 2; taken.has(id); tries += 1) id = idOf([...base, medoid, String(tries)]);
    taken.add(id);
    return id;
  };
  for (const [at, [cluster, label]] of [...labels].entries()) {
    const cause = fresh[at]!;
    const id = kept[at] ?? newId(label, cause.members[0] ?? '');
    identified.set(cluster, { id, label });
    identities.push({ id, ...cause });
  }
  const identify: Identify = (cluster) => {
    const found = identified.get(cluster);
    if (found === undefined) throw new RangeError('a cluster has no label');
    return found;
  };
  return { identify, identities };
}

const idOf = (parts: readonly string[]): string => `c-${hexHash(parts.join('|'))}`;
