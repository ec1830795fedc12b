import type { Cluster } from '../../../contract/cluster.ts';
import { unwrapped } from '../../conversation/unwrapped.ts';

/** One piece of evidence in one line: the verbatim part, and what makes it readable around it. */
export interface EvidenceLine {
  readonly before: string;
  readonly quote: string;
  readonly after: string;
  /** Whether it is a call or a field, rather than prose. */
  readonly isCode: boolean;
}

/** The first piece of evidence of a cause; null without evidence. */
export function evidenceLine({ evidence }: Pick<Cluster, 'evidence'>): EvidenceLine | null {
  const piece = evidence.find(({ quote }) => quote.trim() !== '');
  return piece === undefined ? null : markedLine(piece.shown, piece.quote);
}

/** A readable line with its quote marked: where the line is longer, only the quote; where it is the quote without its JSON, all of it. */
export function markedLine(shown: string, quote: string): EvidenceLine {
  const at = shown.indexOf(quote);
  const end = at + quote.length;
  if (at >= 0 && shown.length > quote.length)
    return { before: shown.slice(0, at), quote, after: shown.slice(end), isCode: true };
  return { before: '', quote: unwrapped(shown), after: '', isCode: false };
}
