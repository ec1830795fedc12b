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
 * The causes of an analysis in order of rank, and last, where there are any, the failures in none of them, so that all
 * rows together hold every failure.
 *
 * @param groupOf group of each row of the ledger, 0 and up; rows below 0 are left out.
 */
export function listedCauses(
  analysis: Pick<Analysis, 'clusters' | 'failures' | 'judging'>,
  ledger: Ledger,
  groupOf: ArrayLike<number>,
): readonly ListedCause[] {
  const found = causeEvents(analysis, ledger, groupOf);
  const listed = found.map(({ cluster, rows, weights, isEstimate }): ListedCause => {
    const { id, title, category, layer, severity, rank } = cluster;
    return {
      id,
      title,
      category,
      layer,
      severity,
      isNamed: rank !== null,
      rows,
      weights,
      isEstimate,
    };
  });
  const inNone = new Set(
    analysis.failures.flatMap(({ traceId, cluster }) => (cluster === null ? [traceId] : [])),
  );
  const inGroup = ledger.failures.filter(({ row }) => groupOf[row]! >= 0);
  const rows = inGroup.flatMap(({ id, row }) => (inNone.has(id) ? [row] : []));
  const assigned = listed.reduce(
    (sum, { weights }) => sum + weights.reduce((all, each) => all + each, 0),
    0,
  );
  const left = inGroup.length - assigned;
  if (rows.length === 0 || left <= 0) return listed;
  return [
    ...listed,
    {
      id: 'none',
      title: 'Failed, in no group',
      category: UNEXPLAINED.id,
      layer: 'unknown',
      severity: null,
      isNamed: false,
      rows,
      weights: rows.map(() => left / rows.length),
      isEstimate: listed.some(({ isEstimate }) => isEstimate),
    },
  ];
}
