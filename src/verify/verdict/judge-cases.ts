import type { JudgedCase, RoleCount } from '../../contract/verdict.ts';
import { fisherExact } from '../../numeric/statistics/fisher-exact.ts';
import { holm } from '../../numeric/statistics/holm.ts';
import { wilson } from '../../numeric/statistics/wilson.ts';
import { type Tries, triesOf } from './case-verdict.ts';
import type { CaseOutcomes, CauseOutcomes } from './outcomes.ts';

export const ALPHA = 0.05;

/** A case with the attempts of both sides counted. */
export interface CountedCase {
  readonly outcomes: CaseOutcomes;
  readonly now: Tries;
  readonly before: Tries | null;
}

export const countCases = ({ cases, register: { repeats } }: CauseOutcomes): CountedCase[] =>
  cases.map((outcomes) => ({
    outcomes,
    now: triesOf(outcomes.candidate, repeats, outcomes.broken),
    before:
      outcomes.baseline === null ? null : triesOf(outcomes.baseline, repeats, outcomes.broken),
  }));

/**
 * The cases as they are shown. A guard or control that turned from pass to fail is a regression. A flaky one is only
 * when the Wilson upper bound of its rate lies below the baseline's and the two differ by Fisher's exact test, by Holm
 * over the guards and controls: 5 of 5 and then 4 of 5 is chance.
 */
export function judgeCases(counted: readonly CountedCase[]): JudgedCase[] {
  const kept = counted.filter(({ outcomes }) => outcomes.role !== 'slice');
  const adjusted = holm(kept.map(pOfChange));
  const fell = new Set(
    kept.filter((each, index) => turnedBad(each) || (isBelow(each) && adjusted[index]! < ALPHA)),
  );
  return counted.map((each) => ({
    id: each.outcomes.id,
    role: each.outcomes.role,
    verdict: each.now.verdict,
    rate: each.now.rate,
    attempts: each.now.decided,
    baseline: each.before && { verdict: each.before.verdict, rate: each.before.rate },
    isRegression: fell.has(each),
    isQuarantined: each.outcomes.isQuarantined && each.outcomes.broken === null,
  }));
}

export const turnedBad = ({ now, before }: CountedCase): boolean =>
  before?.verdict === 'pass' && now.verdict === 'fail';

const isBelow = ({ now, before }: CountedCase): boolean =>
  now.rate !== null && (before?.rate ?? 0) > wilson(now.rate, now.decided)[1];

const pOfChange = ({ now, before }: CountedCase): number =>
  before === null ? 1 : fisherExact(before.passed, before.decided, now.passed, now.decided);

/** How the cases of one role did. */
export function countRole(judged: readonly JudgedCase[], role: JudgedCase['role']): RoleCount {
  const cases = judged.filter((each) => each.role === role);
  const decided = cases.filter(({ verdict }) => DECIDED.has(verdict));
  const passed = decided.filter(({ verdict }) => verdict === 'pass').length;
  const rates = decided.flatMap(({ rate }) => (rate === null ? [] : [rate]));
  const n = decided.length;
  return {
    passed,
    cases: n,
    rate: rates.length === 0 ? null : rates.reduce((sum, rate) => sum + rate, 0) / rates.length,
    interval: wilson(n === 0 ? 0 : passed / n, n),
    undecided: cases.length - n,
  };
}

const DECIDED: ReadonlySet<string> = new Set(['pass', 'flaky', 'fail']);
