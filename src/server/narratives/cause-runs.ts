import type { Cluster } from '../../contract/cluster.ts';
import type { ReportData } from '../../contract/report.ts';
import type { Trace } from '../../contract/trace.ts';
import { type Decisions, decidedAnalysis } from '../../decide/decide.ts';
import type { Found } from '../../propose/propose.ts';
import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import { storedTrace } from '../finish/stored-trace.ts';

/** A cause of an analysis as people have decided, at any of its levels; null where it has none of that id. */
export function causeIn(
  { analysis }: Pick<ReportData, 'analysis'>,
  decisions: Decisions,
  id: string,
): Cluster | null {
  const { clusters, otherClusters } = decidedAnalysis(analysis, decisions, null);
  return [...clusters, ...otherClusters].find((cluster) => cluster.id === id) ?? null;
}

/** The runs that show a cause, failing and passing, as they are stored; those that are not stored any more are left out. */
export async function causeRuns(
  store: Pick<TelemetryStore, 'stream'>,
  project: string,
  { id, exemplars }: Pick<Cluster, 'id' | 'exemplars'>,
  { analysis, pairs, categories }: Pick<ReportData, 'analysis' | 'pairs' | 'categories'>,
): Promise<Found> {
  const own = pairs.filter(({ cluster }) => cluster === id);
  const passing = new Set(own.map((pair) => pair.passing));
  const wanted = new Set([...exemplars, ...passing]);
  const traces = new Map<string, Trace>();
  for await (const { traceId, records, format } of store.stream({ project, ids: [...wanted] })) {
    const trace = storedTrace(traceId, records, format);
    if (trace !== null) traces.set(traceId, trace);
  }
  const failures = new Map(analysis.failures.map((failure) => [failure.traceId, failure]));
  return {
    categories,
    pairs: own,
    passing: [...passing].flatMap((each) => traces.get(each) ?? []),
    failures: exemplars.flatMap((each) => {
      const trace = traces.get(each);
      const { rootSpanId = null, signals = [] } = failures.get(each) ?? {};
      return trace === undefined ? [] : [{ trace, rootSpanId, signals }];
    }),
  };
}
