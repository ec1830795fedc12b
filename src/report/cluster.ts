import type { Cluster } from '../contract/analysis.ts';
import type { GroupingLevel } from '../contract/grouping.ts';
import type { Ranked } from '../contract/ranked.ts';
import type { RecordParts } from './report.ts';
import { round } from './round.ts';

/** A cluster as it stands at one level. */
export function clusterOf(
  ranked: Ranked,
  level: GroupingLevel,
  { grouping, labels, detected: { failures } }: RecordParts,
  ids: readonly string[],
): Cluster {
  const { cluster, silhouette, nearest } = level.clusters[ranked.cluster]!;
  const { members, persistence, stability } = grouping.clusters[cluster]!;
  const { label, category, layer, fingerprint, because, terms, exemplars, evidence } =
    labels[cluster]!;
  const membership = members.reduce((sum, row) => sum + level.membership[row]!, 0);
  return {
    id: ids[cluster]!,
    rank: ranked.rank,
    label,
    category,
    layer,
    size: ranked.size,
    population: ranked.population,
    share: round(ranked.share),
    shareInterval: [round(ranked.shareInterval[0]), round(ranked.shareInterval[1])],
    ratePerThousand: round(ranked.ratePerThousand),
    rateInterval: [round(ranked.rateInterval[0]), round(ranked.rateInterval[1])],
    severity: ranked.severity,
    fixCost: ranked.fixCost,
    priority: round(ranked.priority),
    topThree: ranked.topThree,
    fingerprint,
    because: [...because],
    terms: [...terms],
    exemplars: exemplars.map((row) => failures[row]!.trace.id),
    evidence: [...evidence],
    quality: {
      persistence: persistence === null ? null : round(persistence),
      membership: round(membership / members.length),
      silhouette: silhouette === null ? null : round(silhouette),
      stability: stability === null ? null : round(stability),
      nearest: nearest === null ? null : ids[nearest]!,
    },
  };
}
