import type { AttemptRecord } from '../../contract/eval-run.ts';
import type { JudgedCase, RunJudgment } from '../../contract/verdict.ts';
import type { SelectedSuite } from '../run/select-suites.ts';

/** What files of results are made of. */
export interface ResultParts {
  readonly run: string;
  readonly judgment: RunJudgment;
  readonly suites: readonly SelectedSuite[];
  readonly attempts: readonly AttemptRecord[];
}

/** One case of a run, as every form of results shows it. */
export interface CaseResult {
  readonly suite: SelectedSuite;
  readonly judged: JudgedCase;
  /** `skipped` says nothing about the target: no attempt, or none that a check could decide. */
  readonly outcome: 'passed' | 'failed' | 'error' | 'skipped';
  /** Why it did not pass, as `reasonOf` finds it; '' for one that passed. */
  readonly why: string;
  readonly milliseconds: number;
}

/** The cases of a run in the order of its suites. */
export function caseResults({ judgment, suites, attempts }: ResultParts): readonly CaseResult[] {
  const byCase = Map.groupBy(
    attempts.filter(({ arm }) => arm === 'candidate'),
    (each) => `${each.cause} ${each.case}`,
  );
  return judgment.causes.flatMap(({ cause, cases }) => {
    const suite = suites.find((each) => each.suite.cause.id === cause);
    if (suite === undefined) return [];
    return cases.map((judged): CaseResult => {
      const made = byCase.get(`${cause} ${judged.id}`) ?? [];
      const milliseconds = made.reduce((sum, { usage }) => sum + (usage.latencyMs ?? 0), 0);
      const reason = reasonOf(made);
      const why = reason === null ? '' : `${reason.code}: ${reason.message}`;
      return { suite, judged, outcome: outcomeOf(judged), why, milliseconds };
    });
  });
}

function outcomeOf({ verdict, isQuarantined }: JudgedCase): CaseResult['outcome'] {
  if (isQuarantined && verdict !== 'pass') return 'skipped';
  switch (verdict) {
    case 'pass':
      return 'passed';
    case 'fail':
    case 'flaky':
      return 'failed';
    case 'error':
    case 'broken':
      return 'error';
    case 'inconclusive':
    case 'missing':
      return 'skipped';
  }
}

/** Why a case did not pass: a check that failed, else an error, else a check that could not tell. */
export function reasonOf(
  attempts: readonly AttemptRecord[],
): { readonly code: string; readonly message: string } | null {
  const error = attempts.find((each) => each.error !== null)?.error ?? null;
  const failed = checkOf(attempts, 'fail');
  if (failed === null && error !== null) return error;
  return failed ?? checkOf(attempts, 'cannot_tell');
}

/** The first check with that verdict that decides. */
function checkOf(attempts: readonly AttemptRecord[], verdict: 'fail' | 'cannot_tell') {
  for (const { checks } of attempts) {
    const found = checks.find((each) => each.verdict === verdict && each.provisional !== true);
    if (found !== undefined) return { code: found.check, message: found.reason };
  }
  return null;
}
