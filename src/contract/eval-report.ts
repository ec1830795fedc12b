import type { CheckRecord, CheckUse } from './check-use.ts';
import type { AttemptRecord, RunHeader } from './eval-run.ts';
import type { Interval } from './interval.ts';
import type { PairStep } from './report.ts';
import type { Register, SuiteCase } from './suite.ts';
import type { CauseJudgment, JudgedCase, RunJudgment } from './verdict.ts';

/** Version of the data of the page. The page and the data are written together. */
export type EvalReportVersion = 1;

/** Everything that the page of a run of suites shows, embedded in it as one JSON document. */
export interface EvalReport
  extends Pick<
    RunHeader,
    'id' | 'createdAt' | 'toolVersion' | 'target' | 'baseline' | 'seed' | 'labels' | 'isAa'
  > {
  readonly kind: 'run';
  readonly version: EvalReportVersion;
  readonly toolResults: RunHeader['toolResults'];
  readonly budget: RunHeader['budget'];
  /** File of the run's record. */
  readonly record: string;
  readonly judgment: Omit<RunJudgment, 'causes'>;
  /** Of a target run against itself. */
  readonly falseAlarms: {
    readonly trials: number;
    readonly rate: number;
    readonly interval: Interval;
  } | null;
  /** Why the run ended early; null when it did not. */
  readonly stopped: string | null;
  readonly used: { readonly calls: number; readonly tokens: number; readonly dollars: number };
  /** Attempts that may have been paid twice. */
  readonly maybeChargedTwice: number;
  /** One message for each code of an error. */
  readonly messages: Readonly<Record<string, string>>;
  /** What to do, one sentence without the final period. */
  readonly next: string;
  readonly causes: readonly ReportedCause[];
  /** `ReportedAttempts` of the cases in their order, this many in each of `packs`. */
  readonly packSize: number;
  /** Lists of `ReportedAttempts` as `packed` writes them (text/packed.ts): read when a case is opened. */
  readonly packs: readonly string[];
}

export interface ReportedCause {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly layer: string;
  readonly severity: number;
  readonly file: string;
  readonly hash: string;
  readonly register: Register;
  readonly checks: readonly CheckUse[];
  /** Slice cases that an earlier run had spent. */
  readonly reused: number;
  readonly judgment: Omit<CauseJudgment, 'cause' | 'cases'>;
  readonly cases: readonly ReportedCase[];
}

export interface ReportedCase
  extends JudgedCase,
    Pick<SuiteCase, 'trace' | 'pick' | 'proof' | 'redaction' | 'quarantined'> {
  /** First 200 characters of the request. */
  readonly input: string;
  /** Why it does not pass; '' where it does. */
  readonly why: string;
}

/** One attempt of a case: its arm, and its position there. */
export interface AttemptPlace {
  readonly arm: 'recorded' | 'baseline' | 'candidate';
  readonly at: number;
}

/** The attempts at one case, and what was said in them. */
export interface ReportedAttempts {
  /** Each once: attempts that went the same way share one. */
  readonly conversations: readonly ReportedConversation[];
  /** The trace that the case was promoted from. */
  readonly recorded: ReportedAttempt;
  /** What is compared first. */
  readonly left: AttemptPlace;
  readonly right: AttemptPlace | null;
  readonly baseline: readonly ReportedAttempt[];
  readonly candidate: readonly ReportedAttempt[];
}

export interface ReportedAttempt
  extends Pick<
    AttemptRecord,
    'repeat' | 'error' | 'causes' | 'isLive' | 'replay' | 'usage' | 'tries' | 'maybeChargedTwice'
  > {
  readonly verdict: 'pass' | 'fail' | 'cannot_tell' | 'error';
  readonly checks: readonly Omit<CheckRecord, 'evidence'>[];
  /** Position in `conversations`; null if the attempt has none, or if the report had no room for it. */
  readonly conversation: number | null;
}

export interface ReportedConversation {
  readonly steps: readonly ReportedStep[];
  /** Evidence that stands in no step. */
  readonly elsewhere: readonly (ReportedMark & { readonly path: string })[];
}

export interface ReportedStep extends PairStep {
  readonly marks?: readonly (ReportedMark & { readonly isResult: boolean })[];
}

/** A quote of a check. */
export interface ReportedMark {
  readonly quote: string;
  /** Position of the check in the checks of the attempt. */
  readonly check: number;
}

/** Everything that the page of a history shows: the guards of every cause over the runs that were kept. */
export interface HistoryReport {
  readonly kind: 'history';
  readonly version: EvalReportVersion;
  readonly toolVersion: string;
  /** Folder of the suites. */
  readonly path: string;
  readonly history: History;
}

interface HistoryRun {
  readonly id: string;
  readonly at: string;
  /** The version that was named, else the target. */
  readonly version: string;
  readonly verdict: string;
}

/** A cause in one run. */
export interface HistoryCell {
  /** Guards that passed every attempt, of those that were decided. */
  readonly passed: number;
  readonly cases: number;
  /** Mean pass rate of the guards. */
  readonly rate: number;
  /** Its guards had all passed in the run before that decided them. */
  readonly cameBack: boolean;
}

/** One cause over the runs. */
interface HistoryCause {
  readonly cause: string;
  /** Null where its suite is not there any more. */
  readonly title: string | null;
  /** Per run; null where it decided no guard. */
  readonly cells: readonly (HistoryCell | null)[];
}

export interface History {
  readonly runs: readonly HistoryRun[];
  readonly causes: readonly HistoryCause[];
  /** Runs that are not in it. */
  readonly leftOut: {
    /** Of a target against itself. */
    readonly aa: number;
    readonly incomplete: number;
    /** That decided no guard. */
    readonly undecided: number;
  };
}
