import type { Counterpart } from '../../contract/label.ts';
import type { Trace } from '../../contract/trace.ts';
import { mostSimilar } from './nearest-passing.ts';
import type { Run } from './run.ts';

/** The passing trace most similar to each failure, by its request and the tools of the first steps. */
export function counterpartsOf(
  failing: readonly { readonly id: string; readonly run: Run }[],
  passing: readonly Trace[],
  passingRuns: readonly Run[],
): Counterpart[] {
  return failing.flatMap(({ id, run }) => {
    const found = mostSimilar(run, passingRuns);
    if (found === null) return [];
    const similarity = Math.round(1000 * found.similarity) / 1000;
    return [{ failing: id, passing: passing[found.index]!.id, similarity }];
  });
}
