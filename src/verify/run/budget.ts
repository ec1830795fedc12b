import type { AttemptRecord } from '../../contract/eval-run.ts';
import type { Budget } from '../../contract/suite.ts';
import { plural } from '../../text/format.ts';

type Usage = AttemptRecord['usage'];

/** What a run has used so far. */
export interface Spending {
  calls: number;
  tokens: number;
  dollars: number;
}

/** Tokens and dollars of an attempt that has ended. */
export const addUsage = (spent: Spending, { tokens, dollars }: Usage): void => {
  spent.tokens += tokens ?? 0;
  spent.dollars += dollars ?? 0;
};

/** The tighter of budgets in each unit. */
export function tightest(budgets: readonly (Budget | undefined)[]): Budget {
  const of = (unit: keyof Budget) => {
    const given = budgets.flatMap((each) => each?.[unit] ?? []);
    return given.length === 0 ? {} : { [unit]: Math.min(...given) };
  };
  return { ...of('dollars'), ...of('tokens'), ...of('calls') };
}

/**
 * Why another attempt would exceed the budget; null where it fits. Attempts in flight are taken to use as many tokens
 * and dollars as finished ones did on average; their calls are counted when they are made.
 */
export function overBudget(
  budget: Budget,
  spent: Spending,
  { finished, inFlight }: { readonly finished: number; readonly inFlight: number },
): string | null {
  const expected = (sum: number): number =>
    finished === 0 ? 0 : sum + (sum / finished) * (inFlight + 1);
  if (budget.calls !== undefined && spent.calls >= budget.calls)
    return `the budget of ${plural(budget.calls, 'call')} is used up`;
  if (budget.tokens !== undefined && expected(spent.tokens) > budget.tokens)
    return `the budget of ${plural(budget.tokens, 'token')} is used up`;
  if (budget.dollars !== undefined && expected(spent.dollars) > budget.dollars)
    return `the budget of ${budget.dollars} USD is used up`;
  return null;
}
