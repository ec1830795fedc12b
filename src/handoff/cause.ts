import type { AnalyzedFailure } from '../contract/analyzed-failure.ts';
import type { Category } from '../contract/category.ts';
import type { Cluster } from '../contract/cluster.ts';
import type { Pair, ReportData } from '../contract/report.ts';

/** What a report holds, or as much of it as there is: an analysis alone has no traces and no pairs. */
export type HandoffSource = Pick<
  ReportData,
  'analysis' | 'categories' | 'traces' | 'pairs' | 'traceUrl' | 'archive'
>;

/** A cause with all that is said about it. */
export interface Cause {
  readonly cluster: Cluster;
  /** What a good run does; null for failures of unknown cause. */
  readonly category: Category | null;
  /** Exemplars first. */
  readonly members: readonly AnalyzedFailure[];
  /** The first pair that differs somewhere, else the first. */
  readonly pair: Pair | null;
  /** Failed traces of the input; with `all`, traces. */
  readonly total: number;
}

/** The cause of this id at any level; null where there is none. */
export function causeIn(source: HandoffSource, id: string): Cause | null {
  const { analysis, categories, pairs } = source;
  const clusters = [...analysis.clusters, ...analysis.otherClusters];
  const cluster = clusters.find((each) => each.id === id);
  if (cluster === undefined) return null;
  const own = pairs.filter((pair) => pair.cluster === id);
  const stage = analysis.options.all ? 'eligible' : 'failed';
  return {
    cluster,
    category: categories.find((each) => each.id === cluster.category) ?? null,
    members: membersOf(source, cluster),
    pair: own.find(({ firstDifference }) => firstDifference !== null) ?? own[0] ?? null,
    total: analysis.funnel.find(({ name }) => name === stage)?.count ?? cluster.population,
  };
}

function membersOf({ analysis }: HandoffSource, { id, exemplars }: Cluster): AnalyzedFailure[] {
  const level = analysis.levels.find(({ clusters }) => clusters.some((each) => each.id === id));
  const position = level?.clusters.findIndex((each) => each.id === id) ?? -1;
  const members = analysis.failures.filter((_, row) => level?.assignments[row] === position);
  const place = new Map(exemplars.map((exemplar, index) => [exemplar, index]));
  const placeOf = ({ traceId }: AnalyzedFailure): number =>
    place.get(traceId) ?? Number.MAX_SAFE_INTEGER;
  return members.sort((a, b) => placeOf(a) - placeOf(b));
}
