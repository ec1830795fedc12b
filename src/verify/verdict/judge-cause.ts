import type {
  CauseJudgment,
  CauseVerdict,
  Comparison,
  JudgedCase,
  Relocation,
  RoleCount,
} from '../../contract/verdict.ts';
import { count, percent, percentRange, plural } from '../../text/format.ts';
import { compareSlice } from './compare-slice.ts';
import {
  ALPHA,
  type CountedCase,
  countCases,
  countRole,
  judgeCases,
  turnedBad,
} from './judge-cases.ts';
import type { CauseOutcomes } from './outcomes.ts';
import { relocationOf } from './relocation.ts';

/** A cause with everything counted that does not depend on the other causes of the run. */
export interface CountedCause {
  readonly outcomes: CauseOutcomes;
  readonly counted: readonly CountedCase[];
  readonly comparison: Omit<Comparison, 'adjusted'> | null;
}

export function countCause(outcomes: CauseOutcomes): CountedCause {
  const counted = countCases(outcomes);
  return {
    outcomes,
    counted,
    comparison: compareSlice(counted, outcomes.register.smallestEffect),
  };
}

/** Severity whose cases have a veto. */
const VETO = 5;

/**
 * The verdict of one cause: the rules in their order, the first that says no decides. `adjusted` is the p-value of the
 * slice by Holm over the causes of the run. The integrity of the run is judged before.
 */
export function judgeCause(
  { outcomes, counted, comparison: compared }: CountedCause,
  adjusted: number | null,
): CauseJudgment {
  const cases = judgeCases(counted);
  const parts = {
    cause: outcomes.cause,
    guards: countRole(cases, 'guard'),
    controls: countRole(cases, 'control'),
    slice: countRole(cases, 'slice'),
    comparison: compared && { ...compared, adjusted },
    relocation: relocationOf(counted),
    cases,
  };
  return { ...parts, ...decide(parts, outcomes, counted) };
}

type Parts = Omit<CauseJudgment, 'verdict' | 'step' | 'sentence'>;
type Decision = Pick<CauseJudgment, 'verdict' | 'step' | 'sentence'>;

function decide(parts: Parts, outcomes: CauseOutcomes, counted: readonly CountedCase[]): Decision {
  return (
    keptCases(parts, 'guard') ??
    keptCases(parts, 'control') ??
    undecided(parts) ??
    (parts.comparison === null
      ? withoutSlice(parts, outcomes)
      : (sliceFell(parts.comparison) ??
        moved(parts.relocation) ??
        vetoed(outcomes, counted) ??
        sliceRose(parts.comparison, outcomes, parts)))
  );
}

/** Guards or controls that got worse; without a baseline, those that fail. */
function keptCases({ cases }: Parts, role: 'guard' | 'control'): Decision | null {
  const open = cases.filter((each) => each.role === role && !each.isQuarantined);
  const step = `${role}s` as const;
  const fell = open.filter(({ isRegression }) => isRegression);
  if (fell.length > 0)
    return {
      verdict: 'regressed',
      step,
      sentence: `${plural(fell.length, role)} passed before and ${fell.length === 1 ? 'fails' : 'fail'} now: ${named(fell)}`,
    };
  const failing = open.filter(({ verdict, baseline }) => baseline === null && verdict === 'fail');
  if (failing.length === 0) return null;
  return {
    verdict: 'fail',
    step,
    sentence: `${count(failing.length)} of ${plural(open.length, role)} ${failing.length === 1 ? 'fails' : 'fail'}: ${named(failing)}`,
  };
}

/** No verdict rests on guards or controls that no check could decide, or that pass now and then. */
function undecided({ cases, comparison }: Parts): Decision | null {
  const open = cases.filter(({ role, isQuarantined }) => role !== 'slice' && !isQuarantined);
  const unclear = open.filter(({ verdict }) => verdict === 'inconclusive');
  if (unclear.length > 0)
    return {
      verdict: 'no_evidence',
      step: unclear[0]!.role === 'guard' ? 'guards' : 'controls',
      sentence: `no check could decide ${plural(unclear.length, 'case')}: ${named(unclear)}`,
    };
  const flaky = open.filter(({ verdict }) => verdict === 'flaky');
  if (flaky.length === 0 || comparison !== null) return null;
  return {
    verdict: 'no_evidence',
    step: flaky[0]!.role === 'guard' ? 'guards' : 'controls',
    sentence: `${plural(flaky.length, 'case')} ${flaky.length === 1 ? 'is' : 'are'} flaky: ${named(flaky)}`,
  };
}

/** Guards and controls alone: nothing got worse, or nothing fails. */
function withoutSlice({ cases, guards, controls }: Parts, { register }: CauseOutcomes): Decision {
  const kept = cases.filter(({ role, isQuarantined }) => role !== 'slice' && !isQuarantined);
  const failing = kept.filter(({ verdict }) => verdict === 'fail');
  if (failing.length > 0)
    return {
      verdict: 'fail',
      step: 'guards',
      sentence: `${plural(failing.length, 'case')} failed before and ${failing.length === 1 ? 'fails' : 'fail'} still: ${named(failing)}`,
    };
  if (guards.cases + controls.cases === 0)
    return {
      verdict: 'no_evidence',
      step: 'slice',
      sentence: 'there are no guards or controls, and no baseline to compare the slice with',
    };
  const passing = [counts(guards, 'guards'), counts(controls, 'controls')]
    .filter((_, index) => [guards, controls][index]!.cases > 0)
    .join(' and ');
  return {
    verdict: 'pass',
    step: 'guards',
    sentence: `${passing} pass${register.repeats === 1 ? '' : ` all ${register.repeats} attempts`}${guards.cases === 0 ? '; there is no guard, so nothing is said about the cause itself' : ''}`,
  };
}

function sliceFell(comparison: Comparison): Decision | null {
  if (!isSignificant(comparison) || comparison.difference >= 0) return null;
  return {
    verdict: 'regressed',
    step: 'slice',
    sentence: `the slice got worse: ${change(comparison)}`,
  };
}

function moved(relocation: Relocation | null): Decision | null {
  if (relocation === null) return null;
  return {
    verdict: 'relocated',
    step: 'relocation',
    sentence: `the failures moved: the cause fell by ${percent(relocation.fell)} of the slice, and ${relocation.cause} rose by ${percent(relocation.rose)}`,
  };
}

function vetoed({ severity }: CauseOutcomes, counted: readonly CountedCase[]): Decision | null {
  const fell = counted.filter((each) => each.outcomes.role === 'slice' && turnedBad(each));
  if (severity < VETO || fell.length === 0) return null;
  return {
    verdict: 'regressed',
    step: 'veto',
    sentence: `${plural(fell.length, 'case')} of severity 5 passed before and ${fell.length === 1 ? 'fails' : 'fail'} now: ${named(fell.map(({ outcomes }) => outcomes))}`,
  };
}

function sliceRose(
  comparison: Comparison,
  { register: { smallestEffect } }: CauseOutcomes,
  { guards }: Parts,
): Decision {
  if (!isSignificant(comparison)) return noEvidence(comparison, smallestEffect);
  if (comparison.interval[1] < smallestEffect)
    return {
      verdict: 'no_evidence',
      step: 'slice',
      sentence: `the slice rose by less than the ${percent(smallestEffect)} that is worth having: ${change(comparison)}`,
    };
  return {
    verdict: 'improved',
    step: 'slice',
    sentence: `the slice rose: ${change(comparison)}; ${counts(guards, 'guards')} pass`,
  };
}

function noEvidence(comparison: Comparison, smallestEffect: number): Decision {
  const { p, cases, power } = comparison;
  const what = p === null ? 'no case of the slice changed' : change(comparison);
  return {
    verdict: 'no_evidence',
    step: 'slice',
    sentence: `${what}; ${plural(cases, 'case')} would show a rise of ${percent(smallestEffect)} with a chance of ${percent(power)}`,
  };
}

const isSignificant = ({ adjusted }: Comparison): boolean => adjusted !== null && adjusted < ALPHA;

const change = ({ before, after, better, worse, interval, adjusted }: Comparison): string =>
  `${percent(before)} to ${percent(after)} (${better} better, ${worse} worse, p ${shownP(adjusted ?? 1)}, difference ${signedRange(interval)})`;

const signedRange = ([low, high]: readonly [number, number]): string =>
  low >= 0 ? percentRange([low, high]) : `${Math.round(100 * low)} to ${Math.round(100 * high)}%`;

const shownP = (p: number): string => (p < 0.0001 ? '< 0.0001' : p.toPrecision(2));

const counts = ({ passed, cases }: RoleCount, what: string): string =>
  `${passed} of ${cases} ${what}`;

/** Ids of cases, the first few. */
function named(cases: readonly Pick<JudgedCase, 'id'>[]): string {
  const ids = cases.slice(0, 5).map(({ id }) => id);
  return cases.length > 5 ? `${ids.join(', ')} and ${cases.length - 5} more` : ids.join(', ');
}

/** Worst first: the verdict of a run is that of its worst cause. */
export const WORST_FIRST: readonly CauseVerdict[] = [
  'regressed',
  'relocated',
  'fail',
  'no_evidence',
  'improved',
  'pass',
];
