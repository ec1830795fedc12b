import type {
  AnalysedFailure,
  Analysis,
  Cluster,
  FunnelStage,
} from '../../../contract/analysis.ts';
import { NOISE_REASONS } from '../../../contract/grouping.ts';

type Level = Analysis['levels'][number];

/** The analysis as it would stand had it been made for another of its levels; itself for its own. */
export function analysisAt(analysis: Analysis, at: number): Analysis {
  const level = analysis.levels[at];
  if (level === undefined || at === analysis.level) return analysis;
  const all = [...analysis.clusters, ...analysis.otherClusters];
  const byId = new Map(all.map((cluster) => [cluster.id, cluster]));
  const clusters = level.clusters.flatMap((place, index): Cluster[] => {
    const cluster = byId.get(place.id);
    if (cluster === undefined) return [];
    const { topThree, silhouette, nearest } = place;
    const quality = { ...cluster.quality, silhouette, nearest };
    return [{ ...cluster, rank: index + 1, topThree, quality }];
  });
  const failures = analysis.failures.map((failure, row): AnalysedFailure => {
    const place = level.of[row] ?? -1;
    return {
      ...failure,
      cluster: level.clusters[place]?.id ?? null,
      noise: reasonOf(place),
      membership: level.membership[row] ?? 0,
    };
  });
  return { ...analysis, level: at, clusters, failures, funnel: funnelAt(analysis.funnel, level) };
}

const reasonOf = (place: number): string | null =>
  place < 0 ? (NOISE_REASONS[-1 - place] ?? null) : null;

/** The last two stages depend on the level; what could not be embedded was dropped before them. */
function funnelAt(funnel: Analysis['funnel'], { of }: Level): FunnelStage[] {
  const count = of.filter((place) => place >= 0).length;
  const dropped = NOISE_REASONS.map((reason) => ({
    reason,
    count: of.filter((place) => reasonOf(place) === reason).length,
  })).filter((drop) => drop.count > 0 && drop.reason !== 'no text in this view');
  return funnel.map((stage) => {
    if (stage.name === 'clustered') return { ...stage, count, dropped };
    return stage.name === 'labelled' ? { ...stage, count } : stage;
  });
}
