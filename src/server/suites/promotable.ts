import type { Analysis } from '../../contract/analysis.ts';
import type { Cluster } from '../../contract/cluster.ts';
import type { ReportData } from '../../contract/report.ts';
import { analysisAt, type Decisions, decidedAnalysis } from '../../decide/decide.ts';

/** A cause as people have decided, and the traces that its cases may come from. */
export interface Promotable {
  readonly cluster: Cluster;
  /** Ids of its failures, most typical first. */
  readonly members: readonly string[];
  /** Ids of traces that passed. */
  readonly passing: readonly string[];
}

/** Failures that are looked at, besides those that were picked. */
const MOST_MEMBERS = 500;
/** Of the passing traces that an analysis keeps: at most 300 on its map, and those beside its examples. */
const MOST_PASSING = 600;

/**
 * Finds a cause at whatever level it is; null for none.
 * @param picks ids of failures that must be among the members if the cause has them
 */
export function promotable(
  { analysis, pairs, passing }: ReportData,
  decisions: Decisions,
  id: string,
  picks: readonly string[],
): Promotable | null {
  const levels = [analysis.level, ...analysis.levels.keys()];
  for (const at of new Set(levels)) {
    const decided: Analysis = decidedAnalysis(analysisAt(analysis, at), decisions, null);
    const cluster = decided.clusters.find((each) => each.id === id);
    if (cluster === undefined) continue;
    const own = decided.failures.flatMap((each) => (each.cluster === id ? [each.traceId] : []));
    const first = [...picks, ...cluster.exemplars].filter((each) => own.includes(each));
    const members = [...new Set([...first, ...own])].slice(0, MOST_MEMBERS);
    const beside = [
      ...pairs.filter((pair) => pair.cluster === id),
      ...pairs.filter((pair) => pair.cluster !== id),
    ].map((pair) => pair.passing);
    const passed = [...new Set([...beside, ...passing.map(({ traceId }) => traceId)])];
    return { cluster, members, passing: passed.slice(0, MOST_PASSING) };
  }
  return null;
}
