import type { AttemptRecord, RunHeader } from '../../contract/eval-run.ts';
import type { RunJudgment } from '../../contract/verdict.ts';
import { count } from '../../text/format.ts';
import type { FalseAlarms } from '../verdict/false-alarms.ts';
import { STOPPED } from './run-attempts.ts';
import type { SelectedSuite } from './select-suites.ts';

export interface NextStepParts {
  readonly header: RunHeader;
  readonly suites: readonly SelectedSuite[];
  readonly attempts: readonly AttemptRecord[];
  /** Where the suites are. */
  readonly path: string;
  /** Of a complete run against itself. */
  readonly falseAlarms: FalseAlarms | null;
  /** Why the run ended early. */
  readonly stopped: string | null;
}

/** What to do after a run, in one sentence. */
export function nextStep(
  { verdict, integrity: { errors }, causes }: RunJudgment,
  { header, suites, attempts, path, falseAlarms, stopped }: NextStepParts,
): string {
  if (falseAlarms !== null)
    return falseAlarms.rate <= TOLERATED
      ? 'at most 5% is what the tests of a verdict allow: this gate can be used in CI'
      : 'raise --repeat, or make the checks steadier: at most 5% is what a gate should raise';
  switch (verdict) {
    case 'improved':
      return proofAfterDeploy(suites);
    case 'pass':
      return header.baseline === null
        ? 'add --baseline with the old version to prove the fix on the slice'
        : 'keep the guards in CI';
    case 'fail':
      return `fix the target and run this again; with --baseline it is compared with the old version`;
    case 'regressed':
      return `look at the cases that passed before in the record, and do not release this version`;
    case 'relocated':
      return `the failures have another cause now: analyze traces of this version with culprit analyze, and fix that too`;
    case 'no_evidence':
      return (
        decidable(attempts) ??
        (header.baseline === null && hasFlaky(causes) ? STEADY : null) ??
        `promote more failures into ${path}, raise --repeat, or accept that this cannot be decided`
      );
    case 'infrastructure':
      return `make the target answer (${errors[0]?.code ?? 'error'}), then run this again`;
    case 'incomplete':
      if (stopped === STOPPED) return 'the same command with --resume continues this run';
      if (stopped !== null)
        return 'raise the budget, or declare a limit of an attempt, and start a new run: the budget of this one is registered';
      if (errors.length > 0) return `repair the target (${errors[0]?.code}), then run this again`;
      if (causes.some(({ cases }) => cases.some(({ verdict: own }) => own === 'broken')))
        return `culprit suite check ${path} names what is broken`;
      return (
        decidable(attempts) ??
        'make the target return what the checks look at, or add a check that can tell (culprit checks), such as answered'
      );
  }
}

/** Share of false alarms that a gate may raise. */
const TOLERATED = 0.05;

const STEADY =
  'make the flaky cases steady, raise --repeat, or set quarantined in their suite until a date';

const hasFlaky = (causes: RunJudgment['causes']): boolean =>
  causes.some(({ cases }) => cases.some((each) => each.verdict === 'flaky' && !each.isQuarantined));

/** What would let the checks decide that could not tell; null where nothing is known to. */
function decidable(attempts: readonly AttemptRecord[]): string | null {
  const candidate = attempts.filter(({ arm }) => arm === 'candidate');
  if (candidate.some(({ replay }) => (replay?.divergedAt ?? null) !== null))
    return 'run it with --tool-results live: it makes calls that were not recorded';
  const unknown = candidate.flatMap(({ checks }) =>
    checks.filter(({ verdict }) => verdict === 'cannot_tell'),
  );
  return unknown.some(({ check }) => check === 'judge')
    ? 'name a model that answers the judge checks: --judge openai:<model>'
    : null;
}

function proofAfterDeploy(suites: readonly SelectedSuite[]): string {
  const exposures = suites.flatMap(({ suite }) => suite.proofBudget.exposures ?? []);
  if (exposures.length === 0) return 'commit the suites, release, and keep the guards in CI';
  return `commit the suites and release; ${count(Math.max(...exposures))} traces without a recurrence prove less than a third of the rate before`;
}
