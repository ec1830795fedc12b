import {
  GRANULARITIES,
  type Granularity,
  type Grouping,
  type GroupingLevel,
  type NoiseReason,
} from '../contract/grouping.ts';
import { centroids, nearestCentroids, withinOrder } from './centroid.ts';
import { NEARER_TO_MEDIUM, NEAREST_FIRST } from './granularities.ts';
import type { FoundCluster, FoundLevels, GroupInput } from './group-input.ts';
import { oncePerRowSet } from './row-sets.ts';
import { isEmpty } from './rows.ts';
import { silhouettes } from './silhouettes.ts';

/**
 * The levels with what is measured at each, and the clusters of all of them, those of `medium` first.
 * `compared` tells whether rows without a known cause were enough to be clustered.
 */
export function levelsOf(
  input: GroupInput,
  found: FoundLevels,
  compared: boolean,
  seed: number,
): Pick<Grouping, 'clusters' | 'levels'> {
  const union: FoundCluster[] = [];
  const indexOf = oncePerRowSet(() => union.length);
  const kept = new Map<Granularity, readonly number[]>();
  for (const granularity of NEAREST_FIRST) {
    const clusters = found[granularity].toSorted(bySize);
    if (isAlike(clusters.length, nearerOrder(kept, granularity)?.length)) continue;
    const order = clusters.map((cluster) => {
      const index = indexOf(cluster.rows);
      if (index === union.length) union.push(cluster);
      return index;
    });
    kept.set(granularity, order);
  }
  return {
    clusters: union.map(({ rows, membership, persistence, stability }) => ({
      members: withinOrder(input, rows, membership),
      persistence,
      stability,
    })),
    levels: GRANULARITIES.flatMap((granularity) => {
      const order = kept.get(granularity);
      if (order === undefined) return [];
      return [{ granularity, ...levelOf(input, union, order, compared, seed) }];
    }),
  };
}

const bySize = (a: FoundCluster, b: FoundCluster): number =>
  b.rows.length - a.rows.length || a.rows[0]! - b.rows[0]!;

/** Within a twentieth. Levels are nested, so those of as many clusters differ by a few rows of noise. */
const isAlike = (count: number, nearer: number | undefined): boolean =>
  nearer !== undefined && Math.abs(count - nearer) <= nearer / 20;

function nearerOrder(
  kept: ReadonlyMap<Granularity, readonly number[]>,
  granularity: Granularity,
): readonly number[] | null {
  const nearer = NEARER_TO_MEDIUM[granularity];
  return nearer === null ? null : (kept.get(nearer) ?? nearerOrder(kept, nearer));
}

function levelOf(
  input: GroupInput,
  union: readonly FoundCluster[],
  order: readonly number[],
  compared: boolean,
  seed: number,
): Omit<GroupingLevel, 'granularity'> {
  const n = input.vectors.length / Math.max(1, input.dimensions);
  const places = new Int32Array(n).fill(-1);
  const membership = new Float32Array(n);
  for (const [place, index] of order.entries())
    for (const [position, row] of union[index]!.rows.entries()) {
      places[row] = place;
      membership[row] = union[index]!.membership[position]!;
    }
  const nearest = nearestCentroids(centroids(input, places, order.length), input.dimensions);
  const silhouette = silhouettes(input, places, order.length, seed);
  return {
    clusters: order.map((cluster, place) => {
      const near = nearest[place] ?? null;
      return {
        cluster,
        silhouette: silhouette[place] ?? null,
        nearest: near === null ? null : order[near]!,
      };
    }),
    labels: places.map((place) => (place < 0 ? -1 : order[place]!)),
    membership,
    noise: noiseReasons(input, places, compared),
  };
}

/** Known causes are noise when they are rare; compared rows when they lie between clusters. */
function noiseReasons(
  input: GroupInput,
  labels: Int32Array,
  compared: boolean,
): (NoiseReason | null)[] {
  return Array.from(labels, (label, row) => {
    if (label !== -1) return null;
    if (isEmpty(input, row)) return 'no text in this view';
    const known = input.causes !== null && input.causes[row] !== '';
    return known || !compared ? 'too few like it' : 'between clusters';
  });
}
