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
  /** Why it did not pass, of its first attempt that did not; '' for one that passed. */
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
      return { suite, judged, outcome: outcomeOf(judged), why: whyOf(made), milliseconds };
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

/** Why the first attempt that did not pass did not. */
function whyOf(attempts: readonly AttemptRecord[]): string {
  for (const { error, checks } of attempts) {
    if (error !== null) return `${error.code}: ${error.message}`;
    const bad = checks.find(
      ({ verdict, provisional }) => verdict !== 'pass' && provisional !== true,
    );
    if (bad !== undefined) return `${bad.check}: ${bad.reason}`;
  }
  return '';
}
