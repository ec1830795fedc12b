import type { Analysis } from '../contract/analysis.ts';
import type { AnalyzedFailure } from '../contract/analyzed-failure.ts';
import type { Cluster } from '../contract/cluster.ts';
import type { FunnelStage } from '../contract/funnel.ts';
import { NOISE_REASONS, type NoiseReason } from '../contract/grouping.ts';
import type { Level } from '../contract/level.ts';

/** The analysis at one of its levels; unchanged for its own level. */
export function analysisAt(analysis: Analysis, at: number): Analysis {
  const level = analysis.levels[at];
  if (level === undefined || at === analysis.level) return analysis;
  const all = [...analysis.clusters, ...analysis.otherClusters];
  const byId = new Map(all.map((cluster) => [cluster.id, cluster]));
  const clusters = level.clusters.flatMap((place, index): Cluster[] => {
    const cluster = byId.get(place.id);
    if (cluster === undefined) return [];
    const { topThreeProbability, silhouette, nearest } = place;
    const quality = { ...cluster.quality, silhouette, nearest };
    return [
      { ...cluster, rank: cluster.rank === null ? null : index + 1, topThreeProbability, quality },
    ];
  });
  const failures = analysis.failures.map((failure, row): AnalyzedFailure => {
    const position = level.assignments[row] ?? -1;
    return {
      ...failure,
      cluster: level.clusters[position]?.id ?? null,
      noise: reasonOf(position),
      membership: level.membership[row] ?? 0,
    };
  });
  return { ...analysis, level: at, clusters, failures, funnel: funnelAt(analysis.funnel, level) };
}

const reasonOf = (position: number): NoiseReason | null =>
  position < 0 ? (NOISE_REASONS[-1 - position] ?? null) : null;

/** The last two stages depend on the level; failures that could not be embedded were dropped before. */
function funnelAt(funnel: Analysis['funnel'], { assignments }: Level): FunnelStage[] {
  const count = assignments.filter((position) => position >= 0).length;
  const dropped = NOISE_REASONS.map((reason) => ({
    reason,
    count: assignments.filter((position) => reasonOf(position) === reason).length,
  })).filter((drop) => drop.count > 0 && drop.reason !== 'no text in this view');
  return funnel.map((stage) => {
    if (stage.name === 'clustered') return { ...stage, count, dropped };
    return stage.name === 'labeled' ? { ...stage, count } : stage;
  });
}
