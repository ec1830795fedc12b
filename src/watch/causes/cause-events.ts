import { assigner } from '../../cause/cause.ts';
import type { Analysis } from '../../contract/analysis.ts';
import type { Cluster } from '../../contract/cluster.ts';
import type { Ledger } from '../../contract/ledger.ts';

/** The failures of one cause among the rows of a ledger. */
export interface CauseEvents {
  readonly cluster: Cluster;
  /** Rows of the ledger that failed by it, ascending; where `isEstimate`, only those of the sample. */
  readonly rows: readonly number[];
  /** How many failures each of them stands for. */
  readonly weights: readonly number[];
  /** Not every failure was assigned: `weights` estimate how many there are. */
  readonly isEstimate: boolean;
}

/**
 * Which failures belong to which cause of the analysis, over the whole ledger. Sampled failures have the cause that the
 * analysis gave them. Any other belongs to the first cause in rank whose condition it meets, so causes with a condition are
 * counted exactly. Members of clusters without one (similar failures, leftovers) are known in the sample alone: there they
 * are weighted so that all sampled failures without a condition stand for all failures without one, group by group.
 *
 * @param groupOf group of each row, 0 and up; rows below 0 are left out.
 */
export function causeEvents(
  { clusters, failures, judging }: Pick<Analysis, 'clusters' | 'failures' | 'judging'>,
  ledger: Ledger,
  groupOf: ArrayLike<number>,
): readonly CauseEvents[] {
  const inGroup = ledger.failures.filter(({ row }) => groupOf[row]! >= 0);
  const placeOf = new Map(clusters.map(({ id }, place) => [id, place]));
  const sampled = new Map(
    failures.map(({ traceId, cluster, weight }) => [traceId, { cluster, weight }]),
  );
  const isExact = inGroup.every(({ id }) => sampled.has(id));
  // What a model said is known of sampled failures alone.
  const isTestable = judging === null;
  const known = clusters.map(({ condition }) => ({ condition: isTestable ? condition : null }));
  const assign = assigner(known);

  const rows: number[][] = clusters.map(() => []);
  const weights: number[][] = clusters.map(() => []);
  const standing = new Map<number, { all: number; sampled: number }>();
  for (const { row, id, facts } of inGroup) {
    const drawn = sampled.get(id);
    const place = drawn === undefined ? assign(facts) : (placeOf.get(drawn.cluster ?? '') ?? -1);
    const isCounted = place >= 0 && known[place]!.condition !== null;
    if (!isCounted && !isExact) {
      const group = groupOf[row]!;
      const share = standing.get(group) ?? { all: 0, sampled: 0 };
      share.all += 1;
      share.sampled += drawn?.weight ?? 0;
      standing.set(group, share);
    }
    if (place < 0) continue;
    rows[place]!.push(row);
    weights[place]!.push(isCounted || isExact ? 1 : (drawn?.weight ?? 0));
  }
  return clusters.map((cluster, place) => {
    const isEstimate = !isExact && known[place]!.condition === null;
    const scaleOf = (row: number): number => {
      const { all, sampled: some } = standing.get(groupOf[row]!)!;
      return some > 0 ? all / some : 0;
    };
    return {
      cluster,
      rows: rows[place]!,
      weights: isEstimate
        ? weights[place]!.map((weight, at) => weight * scaleOf(rows[place]![at]!))
        : weights[place]!,
      isEstimate,
    };
  });
}
