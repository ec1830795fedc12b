import type { Cluster } from '../../contract/cluster.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { ReportData } from '../../contract/report.ts';
import type { Backend } from '../backend.ts';
import { line } from './names.ts';

/** @throws CulpritError `no_traces` before the first analysis. */
export async function reportOf(backend: Backend): Promise<ReportData> {
  const report = await backend.report();
  if (report !== null) return report;
  throw new CulpritError(
    'no_traces',
    `nothing was analyzed yet in ${backend.source}: send traces, or wait for the first analysis`,
  );
}

/** The cause of an id, or of a rank. @throws CulpritError `invalid_input`. */
export function causeOf({ analysis }: ReportData, cause: string): Cluster {
  const all = [...analysis.clusters, ...analysis.otherClusters];
  const rank = /^\d+$/.test(cause) ? Number(cause) : null;
  const found =
    rank === null
      ? all.find(({ id }) => id === cause)
      : analysis.clusters.find((each) => each.rank === rank);
  if (found !== undefined) return found;
  throw new CulpritError(
    'invalid_input',
    `there is no cause ${line(cause, 80)}: list_causes has their ids`,
  );
}
