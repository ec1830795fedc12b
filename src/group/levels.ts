import {
  GRANULARITIES,
  type Granularity,
  type Grouping,
  type GroupingLevel,
  type NoiseReason,
  type PointCluster,
} from '../contract/grouping.ts';
import { centroids, nearestCentroids, withinOrder } from './centroid.ts';
import { NEARER_TO_MEDIUM, NEAREST_FIRST } from './granularities.ts';
import type { FoundCluster, FoundLevels, GroupInput } from './group-input.ts';
import { oncePerRowSet } from './row-sets.ts';
import { isEmpty } from './rows.ts';
import { silhouettes } from './silhouettes.ts';

/** A cluster as first found; levels that contain it share this object. */
interface SharedCluster {
  readonly found: FoundCluster;
  readonly cluster: PointCluster;
}

/**
 * Builds the levels with their measures, and the clusters of all levels, those of `medium` first.
 * `compared`: whether there were enough rows without a known cause to cluster.
 */
export function levelsOf(
  input: GroupInput,
  found: FoundLevels,
  compared: boolean,
  seed: number,
): Pick<Grouping, 'clusters' | 'levels'> {
  const clusters: PointCluster[] = [];
  const shared = oncePerRowSet(
    (each: FoundCluster): SharedCluster => {
      const { rows, membership, persistence, stability, cause, leftover } = each;
      const members = withinOrder(input, rows, membership);
      const cluster = { members, persistence, stability, cause, leftover };
      clusters.push(cluster);
      return { found: each, cluster };
    },
    ({ rows }) => rows,
  );
  const kept = new Map<Granularity, readonly SharedCluster[]>();
  for (const granularity of NEAREST_FIRST) {
    const sorted = found[granularity].toSorted(bySize);
    if (isAlike(sorted.length, nearerLevel(kept, granularity)?.length)) continue;
    kept.set(granularity, sorted.map(shared));
  }
  return {
    clusters,
    levels: GRANULARITIES.flatMap((granularity) => {
      const level = kept.get(granularity);
      if (level === undefined) return [];
      return [{ granularity, ...levelOf(input, level, compared, seed) }];
    }),
  };
}

const bySize = (a: FoundCluster, b: FoundCluster): number =>
  b.rows.length - a.rows.length || a.rows[0]! - b.rows[0]!;

/** Within 5%. Levels are nested, so levels with about the same number of clusters differ by a few noise rows. */
const isAlike = (count: number, nearer: number | undefined): boolean =>
  nearer !== undefined && Math.abs(count - nearer) <= nearer / 20;

function nearerLevel<Level>(
  kept: ReadonlyMap<Granularity, Level>,
  granularity: Granularity,
): Level | null {
  const nearer = NEARER_TO_MEDIUM[granularity];
  return nearer === null ? null : (kept.get(nearer) ?? nearerLevel(kept, nearer));
}

function levelOf(
  input: GroupInput,
  level: readonly SharedCluster[],
  compared: boolean,
  seed: number,
): Omit<GroupingLevel, 'granularity'> {
  const n = input.vectors.length / Math.max(1, input.dimensions);
  const assignments = new Int32Array(n).fill(-1);
  const membership = new Float32Array(n);
  for (const [position, { found }] of level.entries())
    for (const [index, row] of found.rows.entries()) {
      assignments[row] = position;
      membership[row] = found.membership[index]!;
    }
  const centers = centroids(input, assignments, level.length);
  const nearest = nearestCentroids(centers, input.dimensions);
  const silhouette = silhouettes(input, assignments, level.length, seed);
  return {
    clusters: level.map(({ cluster }, position) => ({
      cluster,
      silhouette: silhouette[position] ?? null,
      nearest: level[nearest[position] ?? -1]?.cluster ?? null,
    })),
    assignments,
    membership,
    noise: noiseReasons(input, assignments, compared),
  };
}

/** Known causes are noise if they are rare; compared rows if they lie between clusters. */
function noiseReasons(
  input: GroupInput,
  assignments: Int32Array,
  compared: boolean,
): (NoiseReason | null)[] {
  return Array.from(assignments, (position, row) => {
    if (position !== -1) return null;
    if (isEmpty(input, row)) return 'no text in this view';
    const known = input.causes !== null && input.causes[row] !== null;
    return known || !compared ? 'too few similar failures' : 'between clusters';
  });
}
