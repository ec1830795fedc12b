import { type Bits, countBoth } from './bits.ts';
import type { AtomRows } from './fact-table.ts';

/** How many rows failed and passed. */
export interface Outcomes {
  readonly failed: Bits;
  readonly failures: number;
  readonly passes: number;
}

/**
 * How strongly a fact separates failed from passed rows: weight of its kind times the log odds ratio, with half a
 * row added to the smaller side and in proportion to the larger. Without passed rows, the weight of its kind.
 */
export function lift({ atom, bits, support }: AtomRows, { failed, failures, passes }: Outcomes): number {
  if (passes === 0 || failures === 0) return atom.fact.weight;
  const inFailed = countBoth(bits, failed);
  const inPassed = support - inFailed;
  const half = 2 * Math.min(failures, passes);
  const forFailed = failures / half;
  const forPassed = passes / half;
  const odds =
    ((inFailed + forFailed) * (passes - inPassed + forPassed)) /
    ((failures - inFailed + forFailed) * (inPassed + forPassed));
  return atom.fact.weight * Math.abs(Math.log(odds));
}
