import type { Counterpart } from '../../contract/label.ts';
import type { Pair } from '../../contract/report.ts';
import type { Trace } from '../../contract/trace.ts';
import { align } from '../../trace/align.ts';
import { firstDifference } from '../../trace/first-difference.ts';
import { pairSteps } from '../../trace/pair-steps.ts';

const MOST = 4;

/** The first exemplars of a cluster, each beside its most similar passing trace. Pairs of traces that are not given are left out. */
export function pairsOf(
  cluster: string,
  counterparts: readonly Counterpart[],
  traces: ReadonlyMap<string, Trace>,
): Pair[] {
  return counterparts.slice(0, MOST).flatMap(({ failing, passing, similarity }) => {
    const one = traces.get(failing);
    const other = traces.get(passing);
    if (one === undefined || other === undefined) return [];
    const rows = align(pairSteps(one), pairSteps(other));
    return [{ cluster, failing, passing, similarity, rows, ...firstDifference(rows) }];
  });
}
