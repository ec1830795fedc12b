import type { Failure } from '../contract/failure.ts';
import type { Grouping } from '../contract/grouping.ts';
import type { ClusterLabel } from '../contract/label.ts';
import { hexHash } from '../text/hash.ts';

/**
 * `c-` and 8 hex digits from the category and the shared fingerprint, so that the same cause keeps
 * its id in the next run; without a shared fingerprint from the medoid's trace id. Clusters come those of
 * `medium` first, so that theirs do not depend on other levels.
 */
export function clusterIds(
  labels: readonly ClusterLabel[],
  grouping: Grouping,
  failures: readonly Failure[],
): string[] {
  const taken = new Set<string>();
  return labels.map(({ category, fingerprint }, index) => {
    const medoid = failures[grouping.clusters[index]!.members[0]!]!.trace.id;
    const base = `${category}|${fingerprint ?? medoid}`;
    let id = `c-${hexHash(base)}`;
    if (taken.has(id)) id = `c-${hexHash(`${base}|${medoid}`)}`;
    for (let tries = 2; taken.has(id); tries += 1)
      id = `c-${hexHash(`${base}|${medoid}|${tries}`)}`;
    taken.add(id);
    return id;
  });
}
