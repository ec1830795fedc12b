import type { Analysis } from '../contract/analysis.ts';
import type { Cluster } from '../contract/cluster.ts';
import {
  GRANULARITIES,
  type Granularity,
  type Grouping,
  type GroupingLevel,
  type LevelCluster,
  NOISE_REASONS,
  type PointCluster,
} from '../contract/grouping.ts';
import type { Level } from '../contract/level.ts';
import type { Ranked } from '../contract/ranked.ts';
import type { Breakdown, Traffic } from '../contract/traffic.ts';
import { roundOrNull } from '../text/round.ts';
import { clusterOf } from './cluster.ts';
import type { Identify } from './identify.ts';
import type { RecordParts } from './parts.ts';
import { breakdownsOf } from './traffic/breakdowns.ts';
import { seenOf } from './traffic/occurrence.ts';

/** The part of the record that depends on the granularity. */
export type RecordLevels = Pick<Analysis, 'clusters' | 'otherClusters' | 'level' | 'levels'>;

/** Records every level by rank, the clusters of the requested level, and each other cluster once. */
export function recordLevels(
  {
    grouping,
    ranked,
    options,
    detected,
  }: Pick<RecordParts, 'grouping' | 'ranked' | 'options' | 'detected'>,
  traffic: Traffic,
  identify: Identify,
): RecordLevels {
  const listed = listedLevel(grouping, options.granularity);
  const levels = grouping.levels.map((level, index) => ({ level, ranking: ranked[index] ?? [] }));
  const taken = new Set<string>();
  const isNew = (id: string): boolean => !taken.has(id) && taken.add(id).has(id);
  const breakdowns = breakdownsByCluster(grouping, detected.failures, traffic);
  const newClusters = ({ level, ranking }: (typeof levels)[number]): Cluster[] =>
    ranking
      .filter(({ cluster }) => isNew(identify(cluster.cluster).id))
      .map((each) => {
        const { cluster } = each.cluster;
        return clusterOf(each, level, identify, {
          breakdowns: breakdowns.get(cluster) ?? [],
          seen: seenOf(cluster, detected.failures, traffic.buckets),
        });
      });
  const clusters = levels.slice(listed, listed + 1).flatMap(newClusters);
  const others = levels
    .filter((_, index) => index !== listed)
    .sort((a, b) => fromMedium(grouping, a.level) - fromMedium(grouping, b.level));
  return {
    clusters,
    otherClusters: others.flatMap(newClusters),
    level: listed,
    levels: levels.map(({ level, ranking }) => levelOf(level, ranking, identify)),
  };
}

/** Of each cluster at the level nearest to medium that has it, so that they do not depend on the requested level. */
function breakdownsByCluster(
  grouping: Grouping,
  failures: RecordParts['detected']['failures'],
  { facets }: Traffic,
): ReadonlyMap<PointCluster, readonly Breakdown[]> {
  const found = new Map<PointCluster, readonly Breakdown[]>();
  const levels = grouping.levels.toSorted(
    (a, b) => fromMedium(grouping, a) - fromMedium(grouping, b),
  );
  for (const { clusters } of levels) {
    const atLevel = clusters.map(({ cluster }) => cluster);
    if (atLevel.every((cluster) => found.has(cluster))) continue;
    for (const [cluster, breakdowns] of breakdownsOf(atLevel, failures, facets))
      if (!found.has(cluster)) found.set(cluster, breakdowns);
  }
  return found;
}

function levelOf(
  level: GroupingLevel,
  ranking: readonly Ranked<LevelCluster>[],
  identify: Identify,
): Level {
  return {
    granularity: level.granularity,
    clusters: ranking.map(({ cluster: { cluster, silhouette, nearest }, topThreeProbability }) => ({
      id: identify(cluster).id,
      topThreeProbability,
      silhouette: roundOrNull(silhouette),
      nearest: nearest === null ? null : identify(nearest).id,
    })),
    assignments: assignmentsByRank(level, ranking),
    membership: Array.from(level.membership, (value) => Math.round(100 * value) / 100),
  };
}

/** The level of this granularity, or the next one toward `medium` if that level was omitted. */
export function listedLevel({ levels }: Grouping, granularity: Granularity): number {
  const wanted = GRANULARITIES.indexOf(granularity);
  const medium = GRANULARITIES.indexOf('medium');
  const found = levels.map((level) => GRANULARITIES.indexOf(level.granularity));
  return wanted < medium
    ? found.findIndex((each) => each >= wanted)
    : found.findLastIndex((each) => each <= wanted);
}

function fromMedium({ levels }: Grouping, level: GroupingLevel): number {
  const medium = levels.findIndex(({ granularity }) => granularity === 'medium');
  return Math.abs(levels.indexOf(level) - medium);
}

/** The rank position of each failure's cluster, or a negative code for the reason why it has none. */
function assignmentsByRank(
  { clusters, assignments, noise }: GroupingLevel,
  ranking: readonly Ranked<LevelCluster>[],
): number[] {
  const positionByRank = new Map(ranking.map(({ cluster }, position) => [cluster, position]));
  const positions = clusters.map((cluster) => positionByRank.get(cluster) ?? -1);
  return Array.from(assignments, (position, row) => {
    const reason = noise[row] ?? null;
    return reason === null ? (positions[position] ?? -1) : -1 - NOISE_REASONS.indexOf(reason);
  });
}
