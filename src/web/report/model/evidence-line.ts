import type { Cluster } from '../../../contract/cluster.ts';
import { isRecord, parseJson } from '../../../text/json.ts';
import { shownQuote } from '../../../text/shown-quote.ts';
import { pointerKeys } from './evidence.ts';
import type { ReportModel } from './report-model.ts';

/** One piece of evidence in one line: the verbatim part, and what makes it readable around it. */
export interface EvidenceLine {
  readonly before: string;
  readonly quote: string;
  readonly after: string;
  /** Whether it is a call or a field, rather than prose. */
  readonly isCode: boolean;
}

/** The first piece of evidence of a cause: an argument within its call, a text without its JSON. Null without evidence. */
export function evidenceLine(model: ReportModel, cluster: Cluster): EvidenceLine | null {
  const piece = cluster.evidence.find(({ quote }) => quote.trim() !== '');
  if (piece === undefined) return null;
  const call = callOf(model, piece.traceId, pointerKeys(piece.path));
  if (call !== null)
    return {
      before: `${call.name}(${call.field}: `,
      quote: piece.quote,
      after: `${call.more ? ', …' : ''})`,
      isCode: true,
    };
  const shown = shownQuote(piece);
  if (shown !== piece.quote) {
    const at = Math.max(0, shown.indexOf(piece.quote));
    return {
      before: shown.slice(0, at),
      quote: shown.slice(at, at + piece.quote.length),
      after: shown.slice(at + piece.quote.length),
      isCode: true,
    };
  }
  return { before: '', quote: unwrapped(piece.quote), after: '', isCode: false };
}

function callOf(
  model: ReportModel,
  traceId: string,
  keys: readonly string[],
): { readonly name: string; readonly field: string; readonly more: boolean } | null {
  const [head, index, part, position, inside, field] = keys;
  if (head !== 'messages' || part !== 'toolCalls' || inside !== 'arguments' || field === undefined)
    return null;
  const messages = model.traceById.get(traceId)?.messages ?? [];
  const call = messages.find((message) => message.index === Number(index))?.toolCalls[
    Number(position)
  ];
  if (call === undefined) return null;
  const more = isRecord(call.arguments) && Object.keys(call.arguments).length > 1;
  return { name: call.name, field: keys.slice(5).join('.'), more };
}

/** The longest text inside a quoted JSON object, which says more than its braces; a quote that is cut stays as it is. */
export function unwrapped(quote: string): string {
  const text = quote.trim();
  if (!text.startsWith('{')) return text;
  const value = parseJson(text);
  if (!isRecord(value)) return text;
  const texts = Object.values(value).filter((item) => typeof item === 'string');
  const longest = texts.reduce((best, item) => (item.length > best.length ? item : best), '');
  return longest.length > 12 ? longest : text;
}
