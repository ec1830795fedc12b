import type { JudgeSettings } from '../../contract/online-judge.ts';
import {
  type BudgetBound,
  boundReached,
  type JudgeCalls,
} from '../../store/workspace/workspace.ts';
import { count, duration } from '../../text/format.ts';
import type { JudgeLabel, Scorer } from './scorer.ts';

/** What an online judge does. */
export const JUDGE_STATES = ['working', 'waiting', 'stopped', 'blind', 'paused'] as const;
export type JudgeState = (typeof JUDGE_STATES)[number];

export interface JudgeFacts {
  readonly settings: JudgeSettings;
  /** What every call may take; null where the configuration of the server does not name the judge. */
  readonly least: Scorer['least'] | null;
  /** When it was taken into use or went on after a pause; epoch milliseconds. */
  readonly since: number;
  readonly calls: Omit<JudgeCalls, 'settled'>;
  /** Of the last 24 hours. */
  readonly verdicts: Readonly<Record<JudgeLabel, number>>;
  /** Null before the first within 24 hours. */
  readonly lastScore: number | null;
  readonly backlog: { readonly traces: number; readonly oldest: number | null };
}

/** Milliseconds without a score, while traces wait, after which a judge has stopped. */
const JUDGE_WINDOW = 30 * 60_000;
/** Where the calls of an hour are used up, the next ones come within the hour. */
const HOUR_WINDOW = 3 * JUDGE_WINDOW;
/** Fewer verdicts do not show that it is blind. */
const BLIND = 20;
/** So many findings, none of which had its quote in the trace. */
const UNQUOTED = 10;

/** What a judge does at a time, and why it does not work; '' where it does. */
export function judgeState(
  facts: JudgeFacts,
  now: number,
): { readonly state: JudgeState; readonly reason: string } {
  const { settings, least, calls, verdicts } = facts;
  if (settings.isPaused) return { state: 'paused', reason: '' };
  if (least === null)
    return { state: 'stopped', reason: 'the configuration of this server does not name it' };
  const bound = boundReached(calls.spent, least, settings.budget);
  const silence = silenceOf(facts, now);
  if (silence > (bound === 'callsPerHour' ? HOUR_WINDOW : JUDGE_WINDOW))
    return { state: 'stopped', reason: reasonOf(facts, bound, silence) };
  const blindness = blindnessOf(verdicts);
  if (blindness !== null) return { state: 'blind', reason: blindness };
  if (bound !== null) return { state: 'waiting', reason: budgetText(bound, settings) };
  if (calls.lastFailure !== null)
    return { state: 'waiting', reason: `the last call failed: ${calls.lastFailure.error}` };
  return { state: 'working', reason: '' };
}

/** Milliseconds for which traces have waited and none was scored; 0 where none waits. */
function silenceOf({ backlog, lastScore, since }: JudgeFacts, now: number): number {
  if (backlog.traces === 0 || backlog.oldest === null) return 0;
  return Math.max(0, now - Math.max(backlog.oldest, lastScore ?? 0, since));
}

const reasonOf = (
  { settings, calls }: JudgeFacts,
  bound: BudgetBound | null,
  silence: number,
): string => {
  if (bound !== null) return budgetText(bound, settings);
  if (calls.lastFailure !== null)
    return `${count(calls.failures)} calls in a row failed: ${calls.lastFailure.error}`;
  return `traces have waited for ${duration(silence)} and none was scored`;
};

const budgetText = (bound: BudgetBound, { budget }: JudgeSettings): string => {
  const most = budget[bound] ?? 0;
  switch (bound) {
    case 'callsPerHour':
      return `its budget of ${count(most)} calls an hour is used up`;
    case 'callsPerDay':
      return `its budget of ${count(most)} calls a day is used up`;
    case 'tokensPerDay':
      return `its budget of ${count(most)} tokens a day is used up`;
    case 'dollarsPerDay':
      return `its budget of $${most} a day is used up`;
    default: {
      const never: never = bound;
      return never;
    }
  }
};

function blindnessOf(verdicts: JudgeFacts['verdicts']): string | null {
  const all = Object.values(verdicts).reduce((sum, each) => sum + each, 0);
  if (verdicts.fails === 0 && verdicts['no quote'] >= UNQUOTED)
    return `none of its ${count(verdicts['no quote'])} findings of the last day has a quote that is in the trace`;
  if (all < BLIND) return null;
  if (verdicts['no answer'] === all)
    return `none of its ${count(all)} answers of the last day can be read`;
  if (verdicts['cannot tell'] === all)
    return `it could not tell of any of the last ${count(all)} traces`;
  return null;
}
