import type { Analysis, Cluster } from '../contract/analysis.ts';
import {
  GRANULARITIES,
  type Granularity,
  type Grouping,
  type GroupingLevel,
  NOISE_REASONS,
} from '../contract/grouping.ts';
import { clusterOf } from './cluster.ts';
import type { RecordParts } from './report.ts';
import { round } from './round.ts';

/** What of the record depends on the granularity. */
export type RecordLevels = Pick<Analysis, 'clusters' | 'otherClusters' | 'level' | 'levels'>;

/** Every level by rank, and the clusters: complete for the level asked for, the others once each. */
export function recordLevels(parts: RecordParts, ids: readonly string[]): RecordLevels {
  const { levels } = parts.grouping;
  const listed = listedLevel(parts.grouping, parts.options.granularity);
  const taken = new Set<string>();
  const clustersOf = (level: number): Cluster[] =>
    parts.ranked[level]!.map((ranked) => clusterOf(ranked, levels[level]!, parts, ids)).filter(
      ({ id }) => !taken.has(id) && taken.add(id),
    );
  const clusters = clustersOf(listed);
  const others = [...levels.keys()]
    .filter((level) => level !== listed)
    .sort((a, b) => fromMedium(levels, a) - fromMedium(levels, b));
  return {
    clusters,
    otherClusters: others.flatMap(clustersOf),
    level: listed,
    levels: levels.map((level, index) => ({
      granularity: level.granularity,
      clusters: parts.ranked[index]!.map(({ cluster: place, topThree }) => {
        const { cluster, silhouette, nearest } = level.clusters[place]!;
        return {
          id: ids[cluster]!,
          topThree,
          silhouette: silhouette === null ? null : round(silhouette),
          nearest: nearest === null ? null : ids[nearest]!,
        };
      }),
      of: assignment(
        level,
        parts.ranked[index]!.map(({ cluster }) => level.clusters[cluster]!.cluster),
      ),
      membership: Array.from(level.membership, (value) => Math.round(100 * value) / 100),
    })),
  };
}

/** The level of this granularity, or where that was left out the next one nearer to `medium`. */
export function listedLevel({ levels }: Grouping, granularity: Granularity): number {
  const wanted = GRANULARITIES.indexOf(granularity);
  const medium = GRANULARITIES.indexOf('medium');
  const places = levels.map((level) => GRANULARITIES.indexOf(level.granularity));
  return wanted < medium
    ? places.findIndex((place) => place >= wanted)
    : places.findLastIndex((place) => place <= wanted);
}

function fromMedium(levels: readonly GroupingLevel[], level: number): number {
  const medium = levels.findIndex(({ granularity }) => granularity === 'medium');
  return Math.abs(level - medium);
}

/** Per failure the rank less one, below 0 the reason why it is noise. */
function assignment({ labels, noise }: GroupingLevel, order: readonly number[]): number[] {
  const placeOf = new Map(order.map((cluster, place) => [cluster, place]));
  return Array.from(labels, (label, row) => {
    const reason = noise[row] ?? null;
    return reason === null ? placeOf.get(label)! : -1 - NOISE_REASONS.indexOf(reason);
  });
}
