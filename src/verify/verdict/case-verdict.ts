import type { CaseVerdict } from '../../contract/verdict.ts';
import type { AttemptOutcome } from './outcomes.ts';

/** Attempts at one case on one side, counted. */
export interface Tries {
  readonly verdict: CaseVerdict;
  readonly passed: number;
  /** Attempts that a check decided. */
  readonly decided: number;
  /** Share of the decided attempts that passed; null where none is. */
  readonly rate: number | null;
}

/**
 * One verdict of all attempts at a case. A failure outweighs what is missing: a case that failed once did not pass.
 * `planned` is the number of attempts that the run was to make.
 */
export function triesOf(
  attempts: readonly AttemptOutcome[],
  planned: number,
  broken: string | null,
): Tries {
  const counts = { pass: 0, fail: 0, cannot_tell: 0, error: 0 };
  for (const { verdict } of attempts) counts[verdict] += 1;
  const { pass, fail } = counts;
  const decided = pass + fail;
  return {
    verdict: broken !== null ? 'broken' : verdictOf(counts, attempts.length < planned),
    passed: pass,
    decided,
    rate: decided === 0 ? null : pass / decided,
  };
}

function verdictOf(
  { pass, fail, cannot_tell, error }: Readonly<Record<AttemptOutcome['verdict'], number>>,
  isShort: boolean,
): CaseVerdict {
  if (fail > 0) return pass > 0 ? 'flaky' : 'fail';
  if (error > 0) return 'error';
  if (isShort) return 'missing';
  return cannot_tell > 0 ? 'inconclusive' : 'pass';
}
