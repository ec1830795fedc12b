import type { AttemptRecord } from '../../contract/eval-run.ts';
import type { Budget } from '../../contract/suite.ts';
import { count, plural } from '../../text/format.ts';

/** What a run has used so far. */
export interface Spending {
  calls: number;
  tokens: number;
  dollars: number;
}

/** The tighter of budgets in each unit. */
export function tightest(budgets: readonly (Budget | undefined)[]): Budget {
  const of = (unit: keyof Budget) => {
    const given = budgets.flatMap((each) => each?.[unit] ?? []);
    return given.length === 0 ? {} : { [unit]: Math.min(...given) };
  };
  return { ...of('dollars'), ...of('tokens'), ...of('calls') };
}

const UNITS = ['tokens', 'dollars'] as const;
type Unit = (typeof UNITS)[number];
type Taken = Readonly<Record<Unit, number | null>>;

/** What was set aside for an attempt in flight; null where nothing is known yet. */
type Reservation = Readonly<Record<Unit, number | null>>;

/**
 * The budget of a run. Before an attempt starts, as much is set aside for it as the largest attempt so far took, or as
 * was declared as its limit; it starts only if that fits beside what is used and what is set aside for others. So a run
 * exceeds its budget only by what an attempt takes above its reservation: never, where the declared limit holds.
 */
export interface Ledger {
  readonly spent: Readonly<Spending>;
  /** Whether another attempt may start now, has to wait for one in flight, or why none may. */
  readonly admit: () => 'start' | 'wait' | { readonly stop: string };
  /** Sets aside what an attempt may take, and counts its calls. */
  readonly reserve: (calls: number) => Reservation;
  /** Counts one more call; false, and nothing is counted, where the budget allows none. */
  readonly takeCall: () => boolean;
  /** Counts what an attempt took in place of what was set aside for it. Unknown amounts count as the largest. */
  readonly settle: (reservation: Reservation, taken: Taken, isAnswered: boolean) => void;
}

/** `limit` is what one attempt takes at most, as declared; what is missing is learned from the attempts. */
export function openLedger(budget: Budget, limit: Budget): Ledger {
  const spent: Spending = { calls: 0, tokens: 0, dollars: 0 };
  const aside = { tokens: 0, dollars: 0 };
  const largest: Record<Unit, number | null> = {
    tokens: limit.tokens ?? null,
    dollars: limit.dollars ?? null,
  };
  let inFlight = 0;
  /** The unit that a target does not report, so that its budget cannot be kept. */
  let unknown: Unit | null = null;

  const decide = (unit: Unit): ReturnType<Ledger['admit']> => {
    const most = budget[unit];
    if (most === undefined) return 'start';
    if (unknown === unit) return { stop: UNKNOWN[unit](most) };
    const next = largest[unit];
    // How much an attempt takes is not known before one has ended.
    if (next === null) return inFlight === 0 ? 'start' : 'wait';
    if (spent[unit] + aside[unit] + next <= most + TOLERANCE) return 'start';
    return inFlight > 0 ? 'wait' : { stop: USED_UP[unit](most, spent[unit], next) };
  };

  return {
    spent,
    admit: () => {
      if (budget.calls !== undefined && spent.calls >= budget.calls)
        return { stop: `the budget of ${plural(budget.calls, 'call')} is used up` };
      const decisions = UNITS.map(decide);
      return (
        decisions.find((each) => typeof each === 'object') ??
        (decisions.includes('wait') ? 'wait' : 'start')
      );
    },
    reserve: (calls) => {
      inFlight += 1;
      spent.calls += calls;
      for (const unit of UNITS) aside[unit] += largest[unit] ?? 0;
      return { ...largest };
    },
    takeCall: () => {
      if (budget.calls !== undefined && spent.calls >= budget.calls) return false;
      spent.calls += 1;
      return true;
    },
    settle: (reservation, taken, isAnswered) => {
      inFlight -= 1;
      for (const unit of UNITS) {
        aside[unit] -= reservation[unit] ?? 0;
        const used = taken[unit];
        spent[unit] += used ?? largest[unit] ?? 0;
        if (used !== null) largest[unit] = Math.max(largest[unit] ?? 0, used);
        else if (isAnswered && largest[unit] === null && budget[unit] !== undefined) unknown = unit;
      }
    },
  };
}

/** Sums of dollars are not exact. */
const TOLERANCE = 1e-9;

const UNKNOWN: Readonly<Record<Unit, (most: number) => string>> = {
  tokens: (most) =>
    `the target does not say how many tokens it takes, so the budget of ${count(most)} cannot be kept: declare a limit with --attempt-tokens`,
  dollars: (most) =>
    `the target does not say what it costs, so the budget of ${most} USD cannot be kept: declare a limit with --attempt-cost`,
};

const USED_UP: Readonly<Record<Unit, (most: number, used: number, next: number) => string>> = {
  tokens: (most, used, next) =>
    `${count(used)} of ${plural(most, 'token')} are used, and the next attempt may take ${count(next)}`,
  dollars: (most, used, next) =>
    `${amount(used)} of ${most} USD are used, and the next attempt may take ${amount(next)}`,
};

const amount = (value: number): string => String(Number(value.toPrecision(4)));

/** What an attempt took, with its judge; null where a part is not known. */
export function takenBy({ tokens, dollars, judge }: AttemptRecord['usage']): Taken {
  const of = (own: number | null, judged: number | null): number | null =>
    own === null || judged === null ? null : own + judged;
  return judge === undefined
    ? { tokens, dollars }
    : { tokens: of(tokens, judge.tokens), dollars: of(dollars, judge.dollars) };
}
