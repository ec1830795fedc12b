import type { Evidence } from '../contract/signal.ts';

/**
 * A quote as people read it: the argument of a call or the value of a score with its field, as in
 * `order_id: 30657997`; anything else as it is.
 */
export function shownQuote({ path, quote }: Pick<Evidence, 'path' | 'quote'>): string {
  const field = FIELD.exec(path)?.[1];
  if (field === undefined || /^\d+$/.test(field)) return quote;
  return `${field.replaceAll('~1', '/').replaceAll('~0', '~')}: ${quote}`;
}

/** The last field of arguments, usage, scores and tool definitions; texts of messages have no name of use. */
const FIELD = /^\/(?:.*\/arguments|(?:.*\/)?usage|scores\/\d+|.*\/properties)\/(?:.*\/)?([^/]+)$/;
