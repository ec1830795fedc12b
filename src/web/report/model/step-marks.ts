import type { PairRow } from '../../../contract/report.ts';
import { readableQuote } from '../../conversation/readable.ts';
import type { StepMarks } from '../../conversation/Step.tsx';
import type { Mark } from '../../conversation/segments.ts';
import type { PlacedEvidence } from './evidence.ts';

/** The evidence of the failing side, per row: in the text of a message or a call, or in the result, which the messages up to the next step hold. */
export function stepMarks(
  rows: readonly PairRow[],
  placed: readonly PlacedEvidence[],
): StepMarks[] {
  const starts = rows.map(({ failing }) => failing?.message ?? null);
  return rows.map(({ failing }, row) => {
    const start = failing?.message ?? null;
    if (failing === null || start === null) return { text: [], result: [] };
    const next = starts.slice(row + 1).find((each) => each !== null && each > start) ?? Infinity;
    const marks = { text: [] as Mark[], result: [] as Mark[] };
    placed.forEach(({ evidence, place }, number) => {
      if (place.kind === 'elsewhere' || place.message < start || place.message >= next) return;
      const isResult = failing.kind === 'tool' && place.kind === 'content';
      marks[isResult ? 'result' : 'text'].push({ number, quote: readableQuote(evidence.quote) });
    });
    return marks;
  });
}
