import type { PairRow, PairStep } from '../../../contract/report.ts';
import type { Evidence } from '../../../contract/signal.ts';
import { pointerKeys } from './evidence.ts';
import { readableQuote } from './readable.ts';
import type { Mark } from './segments.ts';

/** Where a quote of a step stands. */
export interface StepMarks {
  readonly text: readonly Mark[];
  readonly result: readonly Mark[];
}

/** The evidence of the failing side, per row: quotes of a call's arguments in its text, quotes of later messages up to the next step in its result. */
export function stepMarks(rows: readonly PairRow[], evidence: readonly Evidence[]): StepMarks[] {
  const starts = rows.map(({ failing }) => failing?.message ?? null);
  return rows.map(({ failing }, row) => {
    if (failing === null || failing.message === null) return NONE;
    const next = starts.slice(row + 1).find((start) => start !== null) ?? Infinity;
    const here = evidence.flatMap(({ path, quote }, number) => {
      const [head, index, part] = pointerKeys(path);
      const at = Number(index);
      const isHere = head === 'messages' && at >= (failing.message ?? 0) && at < Math.max(next, at === failing.message ? at + 1 : next);
      return isHere ? [{ part, mark: { number, quote: readableQuote(quote) } }] : [];
    });
    return split(failing, here);
  });
}

const NONE: StepMarks = { text: [], result: [] };

function split(
  step: PairStep,
  here: readonly { readonly part: string | undefined; readonly mark: Mark }[],
): StepMarks {
  if (step.kind !== 'tool') return { text: here.map(({ mark }) => mark), result: [] };
  return {
    text: here.filter(({ part }) => part === 'toolCalls').map(({ mark }) => mark),
    result: here.filter(({ part }) => part !== 'toolCalls').map(({ mark }) => mark),
  };
}
