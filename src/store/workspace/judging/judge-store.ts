import type { JudgeBudget, JudgeSettings } from '../../../contract/online-judge.ts';

/** A judge that a project uses. */
export interface JudgeUse {
  /** As the operator calls it; also the name of its score. */
  readonly name: string;
  readonly settings: JudgeSettings;
  /** What scored last; '' before the first time. */
  readonly version: string;
  /** When it was taken into use or went on after a pause; epoch milliseconds. */
  readonly since: number;
}

/** A judge in a project. */
export interface JudgePlace {
  readonly project: string;
  readonly judge: string;
}

/** What a call is thought to take; set aside before it is made. */
export interface WantedCall {
  readonly trace: string;
  readonly tokens: number;
  /** Null where the price is not known. */
  readonly dollars: number | null;
}

/** A score as a judge gave it. */
export interface GivenScore {
  /** 1: the trace passes, 0: it fails, null: neither can be told. */
  readonly value: number | null;
  readonly label: string;
  readonly explanation: string;
  /** Of the judge. */
  readonly version: string;
}

type CallEnd =
  | { readonly state: 'answered'; readonly score: GivenScore; readonly spent: CallSpend }
  | { readonly state: 'failed'; readonly error: string };

/** Null keeps what was set aside. */
export interface CallSpend {
  readonly tokens: number | null;
  readonly dollars: number | null;
}

export interface JudgeSpend {
  readonly callsPerHour: number;
  readonly callsPerDay: number;
  readonly tokensPerDay: number;
  readonly dollarsPerDay: number;
}

export interface JudgeCalls {
  /** Within an hour and a day before now; what is set aside counts. */
  readonly spent: JudgeSpend;
  /** Calls that failed since the last that was answered. */
  readonly failures: number;
  /** The last of them. */
  readonly lastFailure: { readonly at: number; readonly error: string } | null;
  /** Traces that are not asked about any more, or are being asked about. */
  readonly settled: readonly string[];
}

/** Which of the bounds of a budget is reached. */
export type BudgetBound = keyof JudgeBudget;

interface Reserved {
  readonly calls: readonly { readonly id: number; readonly trace: string }[];
  /** What kept further calls back; null where all were taken. */
  readonly bound: BudgetBound | null;
}

/** Online judges of projects, and every call that they paid for. */
export interface JudgeStore {
  /** In order of their names. */
  uses(project: string): Promise<readonly JudgeUse[]>;
  /** Takes a judge into use, or changes how it is used. */
  put(place: JudgePlace, settings: JudgeSettings, now: number): Promise<void>;
  /** Keeps what it has spent, which goes on to count. False where the project does not use it. */
  remove(place: JudgePlace): Promise<boolean>;
  /** Keeps what scores from now on; true where another version did before. */
  setVersion(place: JudgePlace, version: string): Promise<boolean>;
  calls(place: JudgePlace, now: number): Promise<JudgeCalls>;
  /**
   * Sets calls aside, in order, as far as the budget goes; without traces that were asked about before. What is set aside counts as spent until it is settled, and for ever
   * where the process ends before: such a call may have been made, and is not made again.
   */
  reserve(
    place: JudgePlace,
    wanted: readonly WantedCall[],
    budget: JudgeBudget,
    now: number,
  ): Promise<Reserved>;
  settle(id: number, end: CallEnd): Promise<void>;
  /** Scores of calls that were answered and are not known to be written, oldest first. */
  unwritten(
    place: JudgePlace,
  ): Promise<
    readonly { readonly id: number; readonly trace: string; readonly score: GivenScore }[]
  >;
  /** The scores of these calls are in the trace store. */
  markWritten(ids: readonly number[]): Promise<void>;
}

/** The budget that a call would exceed; null where it fits. */
export function boundReached(
  { callsPerHour, callsPerDay, tokensPerDay, dollarsPerDay }: JudgeSpend,
  { tokens, dollars }: Pick<WantedCall, 'tokens' | 'dollars'>,
  budget: JudgeBudget,
): BudgetBound | null {
  if (callsPerHour + 1 > budget.callsPerHour) return 'callsPerHour';
  if (callsPerDay + 1 > budget.callsPerDay) return 'callsPerDay';
  if (budget.tokensPerDay !== null && tokensPerDay + tokens > budget.tokensPerDay)
    return 'tokensPerDay';
  if (budget.dollarsPerDay !== null && dollarsPerDay + (dollars ?? 0) > budget.dollarsPerDay)
    return 'dollarsPerDay';
  return null;
}

export const withCall = (
  spent: JudgeSpend,
  { tokens, dollars }: Pick<WantedCall, 'tokens' | 'dollars'>,
): JudgeSpend => ({
  callsPerHour: spent.callsPerHour + 1,
  callsPerDay: spent.callsPerDay + 1,
  tokensPerDay: spent.tokensPerDay + tokens,
  dollarsPerDay: spent.dollarsPerDay + (dollars ?? 0),
});

/** Of one trace; after them it is given up. */
export const MOST_ATTEMPTS = 2;
/** Milliseconds for which calls are kept: longer than any bound of a budget, and than traces are judged for. */
export const CALLS_KEPT = 3 * 86_400_000;
