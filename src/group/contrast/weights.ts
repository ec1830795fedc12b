import { type Bits, countBoth } from './bits.ts';
import type { AtomRows } from './fact-table.ts';

/** How many rows failed and passed. */
export interface Outcomes {
  readonly failed: Bits;
  readonly failures: number;
  readonly passes: number;
}

/**
 * How strongly a fact separates failed from passed rows: the weight of its kind times the log odds ratio, smoothed by
 * half a row on the smaller side and proportionally on the larger. Without passed rows, just the weight of its kind.
 */
export function lift(
  { atom, bits, support }: AtomRows,
  { failed, failures, passes }: Outcomes,
): number {
  const weight = atom.fact.weight * ROLE_FACTOR[atom.fact.role];
  if (passes === 0 || failures === 0) return weight;
  const inFailed = countBoth(bits, failed);
  const inPassed = support - inFailed;
  const half = 2 * Math.min(failures, passes);
  const forFailed = failures / half;
  const forPassed = passes / half;
  const odds =
    ((inFailed + forFailed) * (passes - inPassed + forPassed)) /
    ((failures - inFailed + forFailed) * (inPassed + forPassed));
  return weight * Math.abs(Math.log(odds));
}

/**
 * The facts used to compare two failures. The form of an error says more about the cause than the wording of the answer,
 * which also depends on the topic.
 */
const ROLE_FACTOR = { form: 1.5, signal: 1, act: 1, speech: 0.5, size: 0, cause: 0 } as const;
