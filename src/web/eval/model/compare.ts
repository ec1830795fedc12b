import type {
  AttemptPlace,
  EvalReport,
  ReportedAttempt,
  ReportedAttempts,
  ReportedStep,
} from '../../../contract/eval-report.ts';
import type { Pair } from '../../../contract/report.ts';
import { align } from '../../../trace/align.ts';
import { firstDivergence } from '../../../trace/first-difference.ts';
import { readableQuote } from '../../conversation/readable.ts';
import type { StepMarks } from '../../conversation/Step.tsx';

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
  return {
    rows,
    ...(isBoth
      ? firstDivergence(rows, { failing: names.left, passing: names.right })
      : { firstDifference: null, difference: null }),
    left: rows.map(({ failing }) => marksOf(failing)),
    right: rows.map(({ passing }) => marksOf(passing)),
  };
}

function stepsOf(attempts: ReportedAttempts, place: AttemptPlace | null): readonly ReportedStep[] {
  const at = place === null ? null : (attemptAt(attempts, place)?.conversation ?? null);
  return at === null ? [] : (attempts.conversations[at]?.steps ?? []);
}

function marksOf(step: ReportedStep | null): StepMarks | undefined {
  if (step?.marks === undefined) return undefined;
  const of = (isResult: boolean) =>
    (step.marks ?? [])
      .filter((mark) => mark.isResult === isResult)
      .map(({ quote, check }) => ({ number: check, quote: readableQuote(quote) }));
  return { text: of(false), result: of(true) };
}

/** What the sides are called in sentences: versions where there are two of them. */
export function nameOf({ target, baseline }: EvalReport, place: AttemptPlace): string {
  if (place.arm === 'recorded') return 'the recording';
  const [after, before] = [target.version, baseline?.version ?? null];
  const isNamed = after !== null && (baseline === null || (before !== null && before !== after));
  if (place.arm === 'candidate') return isNamed ? after : 'this version';
  return isNamed && before !== null ? before : 'the baseline';
}
