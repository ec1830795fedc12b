import type { CauseJudgment, RunJudgment, RunVerdict } from '../../contract/verdict.ts';
import { holm } from '../../numeric/statistics/holm.ts';
import { percent, plural } from '../../text/format.ts';
import { triesOf } from './case-verdict.ts';
import { countCause, judgeCause, WORST_FIRST } from './judge-cause.ts';
import type { AttemptOutcome, CaseOutcomes, CauseOutcomes } from './outcomes.ts';

/** A run of which this share of the cases fails in one way, and that way is infrastructure, is no result. */
const INFRASTRUCTURE = 0.8;

/**
 * What a run says, by the rules in their order: integrity first, then each cause. Retired and spent cases are left out
 * before. `family`: runs that use the same slice, by whose number p-values are multiplied (Bonferroni). Pure: the same
 * outcomes give the same judgment.
 */
export function judgeRun(causes: readonly CauseOutcomes[], family = 1): RunJudgment {
  const counted = causes.map(countCause);
  const tested = counted.filter(({ comparison }) => (comparison?.p ?? null) !== null);
  const adjusted = holm(tested.map(({ comparison }) => comparison?.p ?? 1));
  const judged = counted.map((each) => {
    const at = tested.indexOf(each);
    return judgeCause(each, at < 0 ? null : Math.min(1, family * adjusted[at]!));
  });
  const integrity = integrityOf(causes);
  const fault = faultOf(causes, integrity);
  const { verdict, sentence } = fault ?? worstOf(judged);
  return { verdict, sentence, exitCode: EXIT_CODE[verdict], integrity, causes: judged };
}

/** Exit codes of `culprit eval`; documented in docs/cli.md. */
const EXIT_CODE: Readonly<Record<RunVerdict, number>> = {
  pass: 0,
  improved: 0,
  incomplete: 2,
  infrastructure: 2,
  no_evidence: 3,
  fail: 100,
  regressed: 100,
  relocated: 100,
};

type Integrity = RunJudgment['integrity'];
type Sentence = Pick<RunJudgment, 'verdict' | 'sentence'>;

function integrityOf(causes: readonly CauseOutcomes[]): Integrity {
  let planned = 0;
  const attempts: AttemptOutcome[] = [];
  const errors = new Map<string, number>();
  for (const { cases, register } of causes)
    for (const { candidate, baseline } of cases) {
      planned += register.repeats * (baseline === null ? 1 : 2);
      const made = [...candidate, ...(baseline ?? [])];
      for (const attempt of made) attempts.push(attempt);
      for (const code of new Set(made.flatMap(({ error }) => (error ? [error.code] : []))))
        errors.set(code, (errors.get(code) ?? 0) + 1);
    }
  const completed = attempts.filter(({ verdict }) => verdict !== 'error');
  return {
    planned,
    attempted: attempts.length,
    completed: completed.length,
    judged: completed.filter(({ verdict }) => verdict !== 'cannot_tell').length,
    errors: [...errors]
      .map(([code, count]) => ({ code, cases: count }))
      .sort((a, b) => b.cases - a.cases || (a.code < b.code ? -1 : 1)),
  };
}

/** Why the run is no result; null where it is one. */
function faultOf(causes: readonly CauseOutcomes[], integrity: Integrity): Sentence | null {
  const cases = causes.flatMap(({ cases: own, register }) =>
    own.map((each) => ({ each, repeats: register.repeats })),
  );
  if (cases.length === 0) return incomplete('there is no case to run');
  const down = infrastructureOf(cases.map(({ each }) => each));
  if (down !== null) return down;
  const broken = cases.filter(({ each }) => each.broken !== null);
  if (broken.length > 0)
    return incomplete(
      `${plural(broken.length, 'case')} ${broken.length === 1 ? 'is' : 'are'} broken: ${broken[0]!.each.id}: ${broken[0]!.each.broken}`,
    );
  const { planned, attempted, judged } = integrity;
  if (attempted < planned)
    return incomplete(`${attempted} of ${plural(planned, 'attempt')} were made`);
  const failed = cases.filter(({ each, repeats }) => hasError(each, repeats));
  if (judged === 0 && failed.length === 0) return incomplete('no check could decide any attempt');
  if (failed.length === 0) return null;
  const [first] = integrity.errors;
  return incomplete(
    `${failed.length === cases.length && failed.length > 1 ? 'all ' : ''}${plural(failed.length, 'case')} ended in an error${first === undefined ? '' : `, most often ${first.code}`}`,
  );
}

/**
 * Whether attempts are lacking that could change a verdict for the better: a guard or control that failed once did not
 * pass, whatever else was to come; the rate of a slice case and of the baseline rests on all attempts.
 */
const hasError = (
  { role, candidate, baseline, broken, isQuarantined }: CaseOutcomes,
  repeats: number,
): boolean => {
  if (isQuarantined) return false;
  const isLacking = (attempts: readonly AttemptOutcome[]): boolean =>
    attempts.length < repeats || attempts.some(({ verdict }) => verdict === 'error');
  return (
    (baseline !== null && isLacking(baseline)) ||
    (role === 'slice'
      ? isLacking(candidate)
      : ['error', 'missing'].includes(triesOf(candidate, repeats, broken).verdict))
  );
};

function infrastructureOf(cases: readonly CaseOutcomes[]): Sentence | null {
  for (const arm of ['candidate', 'baseline'] as const) {
    const codes = new Map<string, number>();
    for (const each of cases) {
      const code = commonFailure(each[arm] ?? []);
      if (code !== null) codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    for (const [code, count] of codes)
      if (count >= INFRASTRUCTURE * cases.length)
        return {
          verdict: 'infrastructure',
          sentence: `${count} of ${plural(cases.length, 'case')} (${percent(count / cases.length)}) of the ${arm} failed with ${code}: the target was not reached, so nothing is said about its answers`,
        };
  }
  return null;
}

/** The code with which every attempt failed, if it is one of infrastructure. */
function commonFailure(attempts: readonly AttemptOutcome[]): string | null {
  const [first] = attempts;
  if (first?.error?.isInfrastructure !== true) return null;
  const { code } = first.error;
  return attempts.every(({ error }) => error?.code === code) ? code : null;
}

const incomplete = (sentence: string): Sentence => ({ verdict: 'incomplete', sentence });

function worstOf(judged: readonly CauseJudgment[]): Sentence {
  const [worst] = judged.toSorted(
    (a, b) => WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict),
  );
  if (worst === undefined) return incomplete('there is no cause to judge');
  return { verdict: worst.verdict, sentence: `${worst.cause}: ${worst.sentence}` };
}
