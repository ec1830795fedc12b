import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';
import { shownQuote } from '../../../text/shown-quote.ts';
import { type EvidenceLine, unwrapped } from './evidence-line.ts';

/** The first quote of a failure's signals in one line; null without one. */
export function signalLine({ signals }: AnalyzedFailure): EvidenceLine | null {
  for (const { evidence } of signals) {
    const piece = evidence.find(({ quote }) => quote.trim() !== '');
    if (piece === undefined) continue;
    const shown = shownQuote(piece);
    const at = shown.indexOf(piece.quote);
    if (at <= 0) return { before: '', quote: unwrapped(piece.quote), after: '', isCode: false };
    const end = at + piece.quote.length;
    return {
      before: shown.slice(0, at),
      quote: piece.quote,
      after: shown.slice(end),
      isCode: true,
    };
  }
  return null;
}
