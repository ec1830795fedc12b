import type { EvalReport, ReportedCause } from '../../../contract/eval-report.ts';
import type { RoleCount } from '../../../contract/verdict.ts';
import { count, percent } from '../../../text/format.ts';

/** One of the rules that a verdict is made of, in their order. */
export interface RuleStep {
  readonly name: string;
  /** `none`: there was nothing to judge by it. */
  readonly result: 'yes' | 'no' | 'unsure' | 'none';
  readonly said: string;
}

type Step = ReportedCause['judgment']['step'];

/** The rules of a run over all of its causes; the first that says no has decided. */
export function ruleSteps({ judgment, causes, baseline }: EvalReport): readonly RuleStep[] {
  const { planned, judged, attempted } = judgment.integrity;
  const isResult = judgment.verdict !== 'incomplete' && judgment.verdict !== 'infrastructure';
  const first: RuleStep = {
    name: 'Complete',
    result: isResult ? 'yes' : 'no',
    said:
      attempted < planned
        ? `${count(attempted)} of ${count(planned)} attempts made`
        : `${count(judged)} of ${count(planned)} attempts judged`,
  };
  const rest: readonly RuleStep[] = [
    { name: 'Guards', ...ofRole(causes, 'guards', baseline !== null) },
    { name: 'Controls', ...ofRole(causes, 'controls', baseline !== null) },
    { name: 'Slice', ...slice(causes, baseline !== null) },
    { name: 'No relocation', ...relocation(causes) },
    { name: 'No veto', ...veto(causes) },
  ];
  return isResult ? [first, ...rest] : [first, ...rest.map((each) => ({ ...each, ...UNREACHED }))];
}

const UNREACHED = { result: 'none', said: 'not judged' } as const;

type Result = Pick<RuleStep, 'result' | 'said'>;

/** What the causes that were decided at a step say. */
function decidedAt(
  causes: readonly ReportedCause[],
  ...steps: readonly Step[]
): 'no' | 'unsure' | null {
  const here = causes.filter(({ judgment: { step } }) => steps.includes(step));
  if (here.some(({ judgment: { verdict } }) => BAD.has(verdict))) return 'no';
  return here.some(({ judgment: { verdict } }) => verdict === 'no_evidence') ? 'unsure' : null;
}

const BAD: ReadonlySet<string> = new Set(['fail', 'regressed', 'relocated']);

function ofRole(
  causes: readonly ReportedCause[],
  role: 'guards' | 'controls',
  hasBaseline: boolean,
): Result {
  const counts = causes.map(({ judgment }) => judgment[role]);
  const sum = (field: keyof Pick<RoleCount, 'passed' | 'cases' | 'undecided'>): number =>
    counts.reduce((total, each) => total + each[field], 0);
  const all = sum('cases') + sum('undecided');
  if (all === 0) return { result: 'none', said: 'there are none' };
  // A rule before this one may have decided, and says nothing about this one.
  const hasFallen = causes.some(({ cases }) =>
    cases.some(
      (each) =>
        `${each.role}s` === role &&
        !each.isQuarantined &&
        (hasBaseline ? each.isRegression : each.verdict === 'fail'),
    ),
  );
  const holds = hasBaseline || sum('passed') === all;
  const result = hasFallen ? 'no' : (decidedAt(causes, role) ?? (holds ? 'yes' : 'unsure'));
  const held = hasBaseline && result === 'yes' && sum('passed') < all ? ', none got worse' : '';
  return { result, said: `${count(sum('passed'))} of ${count(all)} pass${held}` };
}

function slice(causes: readonly ReportedCause[], hasBaseline: boolean): Result {
  const compared = causes.flatMap(({ judgment }) => judgment.comparison ?? []);
  if (compared.length === 0)
    return {
      result: 'none',
      said: hasBaseline ? 'no open slice' : 'needs a baseline',
    };
  const [better, worse] = [sumOf(compared, 'better'), sumOf(compared, 'worse')];
  return {
    result: decidedAt(causes, 'slice') ?? (isReached(causes, 'slice') ? 'yes' : 'none'),
    said: `${count(better)} better, ${count(worse)} worse`,
  };
}

const ORDER: readonly Step[] = ['guards', 'controls', 'slice', 'relocation', 'veto'];

/** Whether no compared cause was decided before that rule. */
const isReached = (causes: readonly ReportedCause[], step: Step): boolean =>
  causes.every(
    ({ judgment: { comparison, verdict, step: decided } }) =>
      comparison === null ||
      verdict === 'improved' ||
      // That the slice rose too little is said last.
      (verdict === 'no_evidence' && decided === 'slice') ||
      ORDER.indexOf(decided) >= ORDER.indexOf(step),
  );

const sumOf = (
  all: readonly { readonly better: number; readonly worse: number }[],
  field: 'better' | 'worse',
): number => all.reduce((total, each) => total + each[field], 0);

function relocation(causes: readonly ReportedCause[]): Result {
  const [moved] = causes.flatMap(({ judgment }) => judgment.relocation ?? []);
  if (moved !== undefined)
    return { result: 'no', said: `${moved.cause} rose by ${percent(moved.rose)}` };
  return causes.some(({ judgment }) => judgment.comparison !== null)
    ? { result: 'yes', said: 'no other cause rose as much' }
    : { result: 'none', said: 'needs a slice' };
}

function veto(causes: readonly ReportedCause[]): Result {
  if (decidedAt(causes, 'veto') === 'no')
    return { result: 'no', said: 'a case of severity 5 fails now' };
  if (!isReached(causes, 'veto')) return UNREACHED;
  return causes.some(({ judgment }) => judgment.comparison !== null)
    ? { result: 'yes', said: 'no case of severity 5 fell' }
    : { result: 'none', said: 'needs a slice' };
}
