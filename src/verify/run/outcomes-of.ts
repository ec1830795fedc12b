import type { AttemptRecord } from '../../contract/eval-run.ts';
import type { SuiteCase } from '../../contract/suite.ts';
import { verdictOf } from '../checks/use-check.ts';
import type { Proof } from '../promote/prove.ts';
import type { ReadSuite } from '../suite/read-suites.ts';
import type { AttemptOutcome, CaseOutcomes, CauseOutcomes } from '../verdict/outcomes.ts';

export interface RunParts {
  /** Whether a baseline was run beside the candidate. */
  readonly hasBaseline: boolean;
  /** The proof of each case, as `proveSuite` gives it, by suite. */
  readonly proofs: ReadonlyMap<ReadSuite, ReadonlyMap<SuiteCase, Proof>>;
  /** Date on which quarantines are looked at: `2026-11-30`. */
  readonly today: string;
  /** Id of the run: slice cases that an earlier one spent are left out. */
  readonly run: string;
}

/** The cases that a run has to attempt: neither retired nor spent by another run. */
export const openCases = ({ suite }: ReadSuite, run: string): readonly SuiteCase[] =>
  suite.cases.filter(
    ({ retired, spent }) => retired === undefined && (spent === undefined || spent === run),
  );

/**
 * The attempts of a run as the verdict takes them, by suite and case. Of two records of one attempt the later counts.
 */
export function outcomesOf(
  suites: readonly ReadSuite[],
  attempts: readonly AttemptRecord[],
  { hasBaseline, proofs, today, run }: RunParts,
): readonly CauseOutcomes[] {
  const made = new Map<string, Map<number, AttemptOutcome>>();
  for (const attempt of attempts) {
    const key = keyOf(attempt.cause, attempt.case, attempt.arm);
    const known = made.get(key) ?? new Map<number, AttemptOutcome>();
    known.set(attempt.repeat, outcomeOf(attempt));
    made.set(key, known);
  }
  const of = (cause: string, id: string, arm: AttemptRecord['arm']): readonly AttemptOutcome[] => [
    ...(made.get(keyOf(cause, id, arm))?.values() ?? []),
  ];
  return suites.map((read) => {
    const { cause, register } = read.suite;
    const cases = openCases(read, run).map(
      (each): CaseOutcomes => ({
        id: each.id,
        role: each.role,
        broken: proofs.get(read)?.get(each)?.broken ?? null,
        isQuarantined: each.quarantined !== undefined && each.quarantined.until >= today,
        candidate: of(cause.id, each.id, 'candidate'),
        baseline: hasBaseline ? of(cause.id, each.id, 'baseline') : null,
      }),
    );
    return { cause: cause.id, severity: cause.severity, register, cases };
  });
}

const keyOf = (...parts: readonly string[]): string => parts.join('\n');

function outcomeOf({ status, error, checks, causes }: AttemptRecord): AttemptOutcome {
  if (status === 'error') {
    const { code, isInfrastructure } = error ?? { code: 'unknown', isInfrastructure: false };
    return { verdict: 'error', error: { code, isInfrastructure } };
  }
  return { verdict: verdictOf(checks), causes };
}
