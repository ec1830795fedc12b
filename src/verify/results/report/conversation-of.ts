import type { CheckRecord } from '../../../contract/check-use.ts';
import type {
  ReportedConversation,
  ReportedMark,
  ReportedStep,
} from '../../../contract/eval-report.ts';
import type { PairStep } from '../../../contract/report.ts';
import type { Trace } from '../../../contract/trace.ts';
import { pairSteps } from '../../../trace/pair-steps.ts';

/** A piece of evidence that a check gives. */
interface Quoted extends ReportedMark {
  readonly path: string;
}

const QUOTE = 400;
/** Pieces of evidence of one attempt. */
const PIECES = 24;

/** The steps of a trace, each with the evidence of the checks that stands in it. Texts are cut to `most` characters. */
export function conversationOf(
  trace: Trace,
  checks: readonly CheckRecord[],
  most: number,
): ReportedConversation {
  const steps = pairSteps(trace, most);
  const marks = new Map<number, NonNullable<ReportedStep['marks']>[number][]>();
  const elsewhere: Quoted[] = [];
  for (const piece of piecesOf(checks)) {
    const at = placeOf(piece, steps);
    if (at === null) elsewhere.push(piece);
    else {
      const { quote, check } = piece;
      marks.set(at.step, [...(marks.get(at.step) ?? []), { quote, check, isResult: at.isResult }]);
    }
  }
  return {
    steps: steps.map((step, index) => {
      const here = marks.get(index);
      return here === undefined ? step : { ...step, marks: here };
    }),
    elsewhere,
  };
}

/** Each quote at each place once. */
function piecesOf(checks: readonly CheckRecord[]): readonly Quoted[] {
  const pieces = new Map<string, Quoted>();
  for (const [check, { evidence }] of checks.entries())
    for (const { path, quote } of evidence) {
      const key = `${path}\n${quote}`;
      if (quote.trim() !== '' && !pieces.has(key))
        pieces.set(key, { path, quote: quote.slice(0, QUOTE), check });
    }
  return [...pieces.values()].slice(0, PIECES);
}

/** The step that shows a quote; null where none does. */
function placeOf(
  { path, quote }: Quoted,
  steps: readonly PairStep[],
): { readonly step: number; readonly isResult: boolean } | null {
  const [, head, index, part] = path.split('/');
  if (head === 'output') return inText(steps.findLastIndex(holds('assistant', quote)));
  if (head === 'input') return inText(steps.findLastIndex(holds('user', quote)));
  if (head !== 'messages') return null;
  const message = Number(index);
  if (part === 'toolCalls') {
    const call = steps.findIndex(
      (step) => step.message === message && step.kind === 'tool' && showsIn(step, quote),
    );
    return inText(call);
  }
  const said = steps.findIndex((step) => step.message === message && step.text.includes(quote));
  if (said >= 0) return { step: said, isResult: false };
  // The result of a call is a message of its own, after that of the call.
  const result = steps.findLastIndex(
    (step) =>
      step.kind === 'tool' &&
      step.message !== null &&
      step.message < message &&
      step.result?.includes(quote) === true,
  );
  return result < 0 ? null : { step: result, isResult: true };
}

const inText = (step: number): { readonly step: number; readonly isResult: false } | null =>
  step < 0 ? null : { step, isResult: false };

const holds =
  (kind: PairStep['kind'], quote: string) =>
  (step: PairStep): boolean =>
    step.kind === kind && step.text.includes(quote);

/** A call shows its name and its arguments as JSON. */
const showsIn = ({ tool, text }: PairStep, quote: string): boolean =>
  tool === quote || text.includes(quote) || text.includes(JSON.stringify(quote).slice(1, -1));
