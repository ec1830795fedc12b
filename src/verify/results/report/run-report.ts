import type { EvalReport } from '../../../contract/eval-report.ts';
import type { AttemptRecord } from '../../../contract/eval-run.ts';
import type { RunJudgment } from '../../../contract/verdict.ts';
import { BROKEN_CASES } from '../../run/evaluate.ts';
import { nextStep } from '../../run/next-step.ts';
import { outcomesOf } from '../../run/outcomes-of.ts';
import { attemptsIn, type RunLog } from '../../run/run-log.ts';
import type { SelectedSuite } from '../../run/select-suites.ts';
import type { ReadSuite } from '../../suite/read-suites.ts';
import { falseAlarms } from '../../verdict/false-alarms.ts';
import { markdown } from '../markdown.ts';
import { evalReport } from './eval-report.ts';

export interface RunReportParts {
  readonly log: RunLog;
  /** The same record, line by line. */
  readonly lines: Iterable<string>;
  /** The suites as they are now. */
  readonly suites: readonly ReadSuite[];
  /** Name of the record, and where the suites are. */
  readonly record: string;
  readonly path: string;
}

/** A run from its record, as the page and a pull request show it. */
export interface RunReport {
  readonly report: EvalReport;
  /** For a comment. */
  readonly markdown: string;
}

/**
 * What the page of a run shows, from its record. Causes whose suite is gone, and cases that are in no suite any more, are
 * left out; checks that run code or ask a model are not asked again. Null for a run that has not ended.
 */
export async function runReport(parts: RunReportParts): Promise<RunReport | null> {
  const { log, lines, record, path } = parts;
  const { header, attempts, end } = log;
  if (end === null) return null;
  const { judgment, isComplete } = end;
  const suites = suitesOf(parts);
  const alarms =
    header.isAa && isComplete
      ? falseAlarms(
          outcomesOf(suites, attempts, {
            ...{ hasBaseline: header.baseline !== null, proofs: new Map() },
            ...{ today: header.createdAt.slice(0, 10), run: header.id },
          }),
          header.seed,
        )
      : null;
  const stopped = isComplete || end.reason === BROKEN_CASES ? null : end.reason;
  const next = nextStep(judgment, { header, suites, attempts, path, falseAlarms: alarms, stopped });
  const known = withKnownCases(judgment, suites);
  const shown = { suites, attempts, judgment: known };
  return {
    report: await evalReport({
      ...{ header, ...shown, falseAlarms: alarms, stopped, record, next },
      used: usedBy(attempts),
      traces: attemptsIn(lines, record),
      services: () => ({ judge: null, script: null }),
    }),
    markdown: markdown({ ...shown, run: header.id, next }),
  };
}

/** The suites with the cases that the run attempted, under its register. */
const suitesOf = ({ log, suites }: RunReportParts): readonly SelectedSuite[] =>
  log.header.suites.flatMap(({ cause, hash, register, cases, reused, file }) => {
    const read = suites.find(({ suite }) => suite.cause.id === cause);
    if (read === undefined) return [];
    const attempted = new Set(cases);
    const own = read.suite.cases.flatMap(({ spent: _, ...each }) =>
      attempted.has(each.id) ? [each] : [],
    );
    return [{ ...read, file, hash, reused, suite: { ...read.suite, register, cases: own } }];
  });

function withKnownCases(judgment: RunJudgment, suites: readonly SelectedSuite[]): RunJudgment {
  const known = new Map(
    suites.map(({ suite }) => [suite.cause.id, new Set(suite.cases.map(({ id }) => id))]),
  );
  return {
    ...judgment,
    causes: judgment.causes.map((cause) => ({
      ...cause,
      cases: cause.cases.filter(({ id }) => known.get(cause.cause)?.has(id) === true),
    })),
  };
}

function usedBy(attempts: readonly AttemptRecord[]): EvalReport['used'] {
  const used = { calls: 0, tokens: 0, dollars: 0 };
  for (const { usage } of attempts) {
    used.calls += usage.calls;
    used.tokens += (usage.tokens ?? 0) + (usage.judge?.tokens ?? 0);
    used.dollars += (usage.dollars ?? 0) + (usage.judge?.dollars ?? 0);
  }
  return used;
}
