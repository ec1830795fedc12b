import type { AttemptRecord, RunHeader } from '../../contract/eval-run.ts';
import type { SuiteCase } from '../../contract/suite.ts';
import type { RunJudgment } from '../../contract/verdict.ts';
import type { CheckServices } from '../checks/define.ts';
import type { Proof } from '../promote/prove.ts';
import { parseYaml } from '../suite/located.ts';
import { proveSuite } from '../suite/prove-suite.ts';
import type { ReadSuite } from '../suite/read-suites.ts';
import { withField } from '../suite/suite-text.ts';
import { type FalseAlarms, falseAlarms } from '../verdict/false-alarms.ts';
import { judgeRun } from '../verdict/judge-run.ts';
import { outcomesOf } from './outcomes-of.ts';
import { type Arm, planAttempts } from './plan-attempts.ts';
import { type MadeAttempts, type RunAttempts, runAttempts } from './run-attempts.ts';
import type { SelectedSuite } from './select-suites.ts';

export interface EvalInput
  extends Omit<RunAttempts, 'planned' | 'seed' | 'budget' | 'attemptLimit' | 'servicesOf'> {
  readonly suites: readonly SelectedSuite[];
  readonly header: RunHeader;
  /** Attempts of a kept run that stand for the baseline; null where it is run, or where there is none. */
  readonly kept: readonly AttemptRecord[] | null;
  readonly services: (suite: ReadSuite) => CheckServices;
}

export interface EvalResult extends MadeAttempts {
  readonly judgment: RunJudgment;
  readonly suites: readonly SelectedSuite[];
  /** Of a complete run of a target against itself; null for any other. */
  readonly falseAlarms: FalseAlarms | null;
}

/** Why a run made no attempts. */
export const BROKEN_CASES = 'cases are broken';

/** Makes the attempts of a run and judges them. Everything is in the lines that it writes. */
export async function evaluate(input: EvalInput): Promise<EvalResult> {
  const { suites, header, kept, before, write, now, services } = input;
  const proofs = new Map<ReadSuite, ReadonlyMap<SuiteCase, Proof>>();
  for (const each of suites) proofs.set(each, await proveSuite(each, services(each)));
  const brokenCases = [...proofs.values()].flatMap((each) =>
    [...each.values()].filter(({ broken }) => broken !== null),
  );
  const hasBaseline = header.baseline !== null;
  const arms: readonly Arm[] =
    hasBaseline && kept === null ? ['candidate', 'baseline'] : ['candidate'];
  if (before === null) {
    write(header);
    for (const each of kept ?? []) write(each);
  }
  const planned = brokenCases.length > 0 ? [] : planAttempts(suites, arms);
  const made = await runAttempts({
    ...input,
    planned,
    before: before ?? (kept === null ? null : { attempts: kept, inFlight: new Set() }),
    seed: header.seed,
    budget: header.budget,
    attemptLimit: header.attemptLimit ?? {},
    servicesOf: ({ read }) => services(read),
  });
  const outcomes = outcomesOf(suites, made.attempts, {
    ...{ hasBaseline, proofs, today: now().slice(0, 10), run: header.id },
  });
  const judgment = judgeRun(outcomes, header.family);
  const isComplete = made.stopped === null && brokenCases.length === 0;
  const reason = brokenCases.length > 0 ? BROKEN_CASES : made.stopped;
  write({ kind: 'end', at: now(), isComplete, reason, judgment });
  const alarms = header.isAa && isComplete ? falseAlarms(outcomes, header.seed) : null;
  return { ...made, judgment, suites, falseAlarms: alarms };
}

/** The attempts of a kept run as those of a baseline. Their calls are paid already. */
export const asBaseline = (attempts: readonly AttemptRecord[]): readonly AttemptRecord[] =>
  attempts
    .filter(({ arm }) => arm === 'candidate')
    .map((each) => ({
      ...each,
      arm: 'baseline',
      usage: { calls: 0, tokens: 0, dollars: 0, latencyMs: each.usage.latencyMs },
    }));

/** Whether a run has decided by its slices, which are spent then. */
const hasDecided = ({ judgment: { verdict }, stopped }: EvalResult): boolean =>
  stopped === null && verdict !== 'incomplete' && verdict !== 'infrastructure';

/** A suite whose slice a run has spent. */
export interface SpentSlice {
  readonly file: string;
  readonly cases: ReadonlySet<string>;
}

/** The slices that a run has spent: those that it decided by, but for cases that an earlier run had spent. */
export function spentSlices(
  result: EvalResult,
  { baseline, isAa }: Pick<RunHeader, 'baseline' | 'isAa'>,
): readonly SpentSlice[] {
  if (baseline === null || isAa || !hasDecided(result)) return [];
  return result.suites.flatMap(({ suite, file, reused }) => {
    const cases = new Set(
      suite.cases
        .filter((each) => each.role === 'slice' && !reused.includes(each.id))
        .map((each) => each.id),
    );
    return cases.size === 0 ? [] : [{ file, cases }];
  });
}

/**
 * The text of a suite with the id of the run at the cases that it has spent. `text` is what the file holds now: people
 * edit suites while a run goes on. Throws `invalid_suite` for broken YAML.
 */
export const withSpent = (text: string, { file, cases }: SpentSlice, run: string): string =>
  withField(parseYaml(text, file), cases, 'spent', run);
