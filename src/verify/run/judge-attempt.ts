import type { CheckRecord } from '../../contract/check-use.ts';
import type { Suite, SuiteCase } from '../../contract/suite.ts';
import type { Trace } from '../../contract/trace.ts';
import { askCondition, causeOfTrace } from '../../detect/ask.ts';
import { causePath } from '../../text/cause.ts';
import type { CheckServices, CheckSubject } from '../checks/define.ts';
import { subjectOf } from '../checks/subject.ts';
import { askChecks, verdictOf } from '../checks/use-check.ts';
import { proofParts } from '../suite/prove-suite.ts';
import type { ReadSuite } from '../suite/read-suites.ts';
import { FIXED_CAUSE } from '../verdict/outcomes.ts';

export interface JudgedAttempt {
  readonly verdict: CheckRecord['verdict'];
  readonly checks: readonly CheckRecord[];
  /** Causes of a failing output: `FIXED_CAUSE` for that of the suite, else what detectors or the failed check say. */
  readonly causes: readonly string[];
}

/** Asks the checks of a case about what a target returned, and where they fail, what the failure is now. */
export async function judgeAttempt(
  read: ReadSuite,
  { id, hash, reference }: SuiteCase,
  trace: Trace,
  services: CheckServices,
): Promise<JudgedAttempt> {
  const recorded = read.payload.cases.get(hash)?.recorded ?? null;
  const parts = proofParts(read, services);
  const subject = subjectOf(trace, { ...parts, reference: reference ?? null, recorded });
  const checks = await askChecks(read.checksOf(id), subject);
  const verdict = verdictOf(checks);
  return {
    verdict,
    checks,
    causes: verdict === 'fail' ? causesOf(read.suite, subject, checks) : [],
  };
}

/** The first check of a suite tells its cause; a failure that it does not see has another. */
function causesOf(
  { cause }: Suite,
  { trace, run, file }: CheckSubject,
  checks: readonly CheckRecord[],
): readonly string[] {
  const isFixed =
    checks[0]?.verdict === 'fail' ||
    (cause.condition !== null && file !== null && askCondition(cause.condition, run, file).isMet);
  if (isFixed) return [FIXED_CAUSE];
  const found = causeOfTrace(trace, run.options, file).cause;
  if (found !== null) return [causePath(found).slice(0, KIND).join(' ')];
  const failed = checks.find((each) => each.verdict === 'fail' && each.provisional !== true);
  return failed === undefined ? [] : [`check ${failed.check}`];
}

/** Category and kind: failures of one kind are one cause, whatever tool they name. */
const KIND = 2;
