import type {
  AttemptPlace,
  EvalReport,
  ReportedAttempt,
  ReportedAttempts,
  ReportedStep,
} from '../../../contract/eval-report.ts';
import type { Pair } from '../../../contract/report.ts';
import { align } from '../../../trace/align.ts';
import {
  firstDifference,
  firstDivergence,
  type SideNames,
} from '../../../trace/first-difference.ts';
import { readableQuote } from '../../conversation/readable.ts';
import type { StepMarks } from '../../conversation/Step.tsx';
import type { Mark } from '../../conversation/segments.ts';

export const attemptAt = (
  attempts: ReportedAttempts,
  { arm, at }: AttemptPlace,
): ReportedAttempt | null => (arm === 'recorded' ? attempts.recorded : attempts[arm][at]) ?? null;

export interface Compared extends Pick<Pair, 'rows' | 'firstDifference' | 'difference'> {
  readonly left: readonly (StepMarks | undefined)[];
  readonly right: readonly (StepMarks | undefined)[];
}

/** Two attempts step by step, with their evidence. An attempt without a conversation is a side without steps. */
export function compare(
  attempts: ReportedAttempts,
  left: AttemptPlace | null,
  right: AttemptPlace | null,
  names: { readonly left: string; readonly right: string },
): Compared {
  const [one, other] = [stepsOf(attempts, left), stepsOf(attempts, right)];
  const rows = align(one, other);
  const isBoth = one.length > 0 && other.length > 0;
  const failed = failedChecks(attempts, left, right);
  return {
    rows,
    ...(isBoth
      ? divergence(rows, left, { failing: names.left, passing: names.right })
      : { firstDifference: null, difference: null }),
    left: rows.map(({ failing }) => marksOf(failing, failed)),
    right: rows.map(({ passing }) => marksOf(passing, failed)),
  };
}

/** A recording has other ids and masked values, so its arguments differ everywhere: there, another step counts first. */
function divergence(
  rows: Pair['rows'],
  left: AttemptPlace | null,
  names: SideNames,
): Pick<Pair, 'firstDifference' | 'difference'> {
  const step = left?.arm === 'recorded' ? firstDifference(rows, names) : null;
  return step === null || step.firstDifference === null ? firstDivergence(rows, names) : step;
}

/** Checks that do not pass on one of the sides: what the others quote is no evidence of anything. */
function failedChecks(
  attempts: ReportedAttempts,
  ...places: readonly (AttemptPlace | null)[]
): ReadonlySet<number> {
  const failed = new Set<number>();
  for (const place of places)
    for (const [check, { verdict }] of (
      (place === null ? null : attemptAt(attempts, place))?.checks ?? []
    ).entries())
      if (verdict !== 'pass') failed.add(check);
  return failed;
}

function stepsOf(attempts: ReportedAttempts, place: AttemptPlace | null): readonly ReportedStep[] {
  const at = place === null ? null : (attemptAt(attempts, place)?.conversation ?? null);
  return at === null ? [] : (attempts.conversations[at]?.steps ?? []);
}

function marksOf(step: ReportedStep | null, shown: ReadonlySet<number>): StepMarks | undefined {
  if (step?.marks === undefined) return undefined;
  const { marks } = step;
  const of = (isResult: boolean): readonly Mark[] =>
    narrowest(
      marks
        .filter((mark) => mark.isResult === isResult && shown.has(mark.check))
        .map(({ quote, check }) => ({ number: check, quote: readableQuote(quote) })),
    );
  return { text: of(false), result: of(true) };
}

/** A quote around another one says less than that. */
const narrowest = (marks: readonly Mark[]): readonly Mark[] =>
  marks.filter(
    ({ quote }) => !marks.some((other) => other.quote !== quote && quote.includes(other.quote)),
  );

/** What the sides are called in sentences: versions where there are two of them. */
export function nameOf({ target, baseline }: EvalReport, place: AttemptPlace): string {
  if (place.arm === 'recorded') return 'the recording';
  const [after, before] = [target.version, baseline?.version ?? null];
  const isNamed = after !== null && (baseline === null || (before !== null && before !== after));
  if (place.arm === 'candidate') return isNamed ? after : 'this version';
  return isNamed && before !== null ? before : 'the baseline';
}
