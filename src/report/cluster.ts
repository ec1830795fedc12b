import type { Cluster } from '../contract/cluster.ts';
import type { GroupingLevel, LevelCluster } from '../contract/grouping.ts';
import type { Ranked } from '../contract/ranked.ts';
import type { Breakdown } from '../contract/traffic.ts';
import { round, roundOrNull } from '../text/round.ts';
import type { Identify } from './identify.ts';
import { badgesOf, type Seen } from './traffic/occurrence.ts';

/** Where and when a cluster occurs. */
export interface Occurrence {
  readonly breakdowns: readonly Breakdown[];
  readonly seen: Seen;
}

/** A cluster of the record, with its values at one level. */
export function clusterOf(
  { cluster: atLevel, ...ranking }: Ranked<LevelCluster>,
  level: GroupingLevel,
  identify: Identify,
  { breakdowns, seen }: Occurrence,
): Cluster {
  const { cluster, silhouette, nearest } = atLevel;
  const { members, persistence, stability, cause, leftover } = cluster;
  const { id, label } = identify(cluster);
  const { identity: _, counterparts: __, ...published } = label;
  const membership = members.reduce((sum, row) => sum + (level.membership[row] ?? 0), 0);
  return {
    id,
    ...ranking,
    share: round(ranking.share),
    shareInterval: [round(ranking.shareInterval[0]), round(ranking.shareInterval[1])],
    ratePerThousand: round(ranking.ratePerThousand),
    rateInterval: [round(ranking.rateInterval[0]), round(ranking.rateInterval[1])],
    failedShare: roundOrNull(ranking.failedShare),
    failedShareInterval: ranking.failedShareInterval && [
      round(ranking.failedShareInterval[0]),
      round(ranking.failedShareInterval[1]),
    ],
    priority: round(ranking.priority),
    ...published,
    condition: cause?.condition ?? null,
    state: cause?.state ?? null,
    meets: cause?.meets ?? null,
    toSettle: cause?.toSettle ?? null,
    returns: roundOrNull(cause?.returns ?? null),
    leftover,
    quality: {
      persistence: roundOrNull(persistence),
      membership: round(membership / members.length),
      silhouette: roundOrNull(silhouette),
      stability: roundOrNull(stability),
      nearest: nearest === null ? null : identify(nearest).id,
    },
    ...seen,
    breakdowns,
    badges: badgesOf(breakdowns),
  };
}
