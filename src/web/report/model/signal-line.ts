import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';
import { shownQuote } from '../../../text/shown-quote.ts';
import { type EvidenceLine, markedLine } from './evidence-line.ts';

/** The first quote of a failure's signals in one line; null without one. */
export function signalLine({ signals }: Pick<AnalyzedFailure, 'signals'>): EvidenceLine | null {
  for (const { evidence } of signals) {
    const piece = evidence.find(({ quote }) => quote.trim() !== '');
    if (piece !== undefined) return markedLine(shownQuote(piece), piece.quote);
  }
  return null;
}
