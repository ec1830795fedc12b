import type { Analysis } from '../../contract/analysis.ts';
import type { Cluster } from '../../contract/cluster.ts';
import type { Ledger } from '../../contract/ledger.ts';
import { UNEXPLAINED } from '../../contract/unexplained.ts';
import { type CauseEvents, causeEvents } from './cause-events.ts';

/** A row of a table of causes: what it is, and its failures among the rows of a ledger. */
export interface ListedCause
  extends Pick<Cluster, 'id' | 'title' | 'category' | 'layer' | 'severity'>,
    Pick<CauseEvents, 'rows' | 'weights' | 'isEstimate'> {
  /** False for failures that no cause explains. */
  readonly isNamed: boolean;
}

/**
 * The causes of an analysis in order of rank, and last, where there are any, all failures that no cause explains, so that
 * the rows together hold every failure.
 *
 * @param groupOf group of each row of the ledger, 0 and up; rows below 0 are left out.
 */
export function listedCauses(
  analysis: Pick<Analysis, 'clusters' | 'failures' | 'judging'>,
  ledger: Ledger,
  groupOf: ArrayLike<number>,
): readonly ListedCause[] {
  const found = causeEvents(analysis, ledger, groupOf);
  const listed = found.flatMap(({ cluster, ...events }): ListedCause[] => {
    const { id, title, category, layer, severity, leftover } = cluster;
    return leftover === null
      ? [{ id, title, category, layer, severity, isNamed: true, ...events }]
      : [];
  });
  const unexplained = found.filter(({ cluster }) => cluster.leftover !== null);
  const inNone = failuresInNone(analysis, ledger, groupOf, found);
  const parts = [...unexplained, ...(inNone === null ? [] : [inNone])];
  if (parts.length === 0) return listed;
  return [
    ...listed,
    {
      id: 'unexplained',
      title: 'Failed, cause not yet known',
      category: UNEXPLAINED.id,
      layer: UNEXPLAINED.layer,
      severity: null,
      isNamed: false,
      rows: parts.flatMap(({ rows }) => rows),
      weights: parts.flatMap(({ weights }) => weights),
      isEstimate: parts.some(({ isEstimate }) => isEstimate),
    },
  ];
}

type Events = Pick<ListedCause, 'rows' | 'weights' | 'isEstimate'>;

/** The failures in no cluster: those of the sample, weighted so that nothing is missing. */
function failuresInNone(
  { failures }: Pick<Analysis, 'failures'>,
  ledger: Ledger,
  groupOf: ArrayLike<number>,
  found: readonly CauseEvents[],
): Events | null {
  const ids = new Set(
    failures.flatMap(({ traceId, cluster }) => (cluster === null ? [traceId] : [])),
  );
  const inGroup = ledger.failures.filter(({ row }) => groupOf[row]! >= 0);
  const rows = inGroup.flatMap(({ id, row }) => (ids.has(id) ? [row] : []));
  const assigned = found.reduce(
    (sum, { weights }) => sum + weights.reduce((all, each) => all + each, 0),
    0,
  );
  const left = inGroup.length - assigned;
  if (rows.length === 0 || left <= 0) return null;
  return {
    rows,
    weights: rows.map(() => left / rows.length),
    isEstimate: found.some(({ isEstimate }) => isEstimate),
  };
}
