import type { Analysis } from '../../../contract/analysis.ts';
import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';
import type { Cluster } from '../../../contract/cluster.ts';
import type { Granularity } from '../../../contract/grouping.ts';
import type { Level } from '../../../contract/level.ts';
import type { ReportShape } from './report-shape.ts';

/** Adds a coarser level, which merges the second and the third cluster, and a finer level, which splits the first by tenant. */
export function makeLevels(
  clusters: readonly Cluster[],
  failures: readonly AnalyzedFailure[],
  shape: ReportShape,
): Pick<Analysis, 'level' | 'levels' | 'otherClusters'> {
  const medium = levelOf('medium', clusters, failures, (failure) => failure.cluster);
  const [first, second, third] = clusters;
  if (shape.levels === false || first === undefined || second === undefined || third === undefined)
    return { level: 0, levels: [medium], otherClusters: [] };

  const inSecond = (failure: AnalyzedFailure): boolean =>
    failure.cluster === second.id || failure.cluster === third.id;
  const joined = remade(second, 'c-wide', 'Retrieval or arguments go wrong', failures, inSecond);
  const coarse = byPriority([
    ...clusters.filter((cluster) => cluster !== second && cluster !== third),
    joined,
  ]);

  const isNorth = (failure: AnalyzedFailure): boolean => failure.tenant === 'northwind';
  const isFirst = (failure: AnalyzedFailure): boolean => failure.cluster === first.id;
  const north = remade(
    first,
    'c-north',
    `${first.title}, in refunds of orders`,
    failures,
    (failure) => isFirst(failure) && isNorth(failure),
  );
  const south = remade(
    first,
    'c-south',
    `${first.title}, in refunds of parts`,
    failures,
    (failure) => isFirst(failure) && !isNorth(failure),
  );
  const fine = byPriority([north, south, ...clusters.slice(1)]);
  return {
    level: 1,
    levels: [
      levelOf('coarsest', coarse, failures, (failure) =>
        inSecond(failure) ? joined.id : failure.cluster,
      ),
      medium,
      levelOf('fine', fine, failures, (failure) =>
        isFirst(failure) ? (isNorth(failure) ? north : south).id : failure.cluster,
      ),
    ],
    otherClusters: [
      ...coarse.filter((cluster) => cluster.id === joined.id),
      ...fine.filter(({ id }) => id === north.id || id === south.id),
    ],
  };
}

function remade(
  like: Cluster,
  id: string,
  title: string,
  failures: readonly AnalyzedFailure[],
  holds: (failure: AnalyzedFailure) => boolean,
): Cluster {
  const members = failures.filter(holds);
  const share = members.length / failures.length;
  const ids = new Set(members.map(({ traceId }) => traceId));
  const scale = share / like.share;
  return {
    ...like,
    id,
    title,
    size: members.length,
    population: Math.round(like.population * scale),
    share,
    shareInterval: [share * 0.9, share * 1.1],
    ratePerThousand: like.ratePerThousand * scale,
    rateInterval: [like.ratePerThousand * scale * 0.9, like.ratePerThousand * scale * 1.1],
    priority: like.priority * scale,
    exemplars: like.exemplars.filter((exemplar) => ids.has(exemplar)),
    evidence: like.evidence.filter(({ traceId }) => ids.has(traceId)),
    quality: { ...like.quality, persistence: null, stability: 0.41 },
  };
}

const byPriority = (clusters: readonly Cluster[]): Cluster[] =>
  clusters
    .toSorted((a, b) => b.priority - a.priority)
    .map((cluster, index) => ({ ...cluster, rank: index + 1 }));

function levelOf(
  granularity: Granularity,
  clusters: readonly Cluster[],
  failures: readonly AnalyzedFailure[],
  clusterOf: (failure: AnalyzedFailure) => string | null,
): Level {
  return {
    granularity,
    clusters: clusters.map(({ id, topThreeProbability, quality: { silhouette, nearest } }) => ({
      id,
      topThreeProbability,
      silhouette,
      nearest,
    })),
    assignments: failures.map((failure) => {
      const id = clusterOf(failure);
      if (id !== null) return clusters.findIndex((cluster) => cluster.id === id);
      return failure.noise === 'between clusters' ? -2 : -1;
    }),
    membership: failures.map(({ membership }) => membership),
  };
}
