import type { Failure } from '../contract/failure.ts';
import type { Grouping } from '../contract/grouping.ts';
import type { ClusterLabel } from '../contract/label.ts';

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
    let id = `c-${hex(base)}`;
    if (taken.has(id)) id = `c-${hex(`${base}|${medoid}`)}`;
    for (let tries = 2; taken.has(id); tries += 1) id = `c-${hex(`${base}|${medoid}|${tries}`)}`;
    taken.add(id);
    return id;
  });
}

/** FNV-1a, 32 bits. */
function hex(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
