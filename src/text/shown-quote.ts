import type { Evidence } from '../contract/signal.ts';

/**
 * A quote as people read it: a value with its field, as in `order_id: 30657997`; the name of a tool as a call,
 * `refund_order(…)`; anything else as it is.
 */
export function shownQuote({ path, quote }: Pick<Evidence, 'path' | 'quote'>): string {
  if (CALL.test(path)) return `${quote}(…)`;
  const inside = VALUE.exec(path)?.[1]?.split('/') ?? [];
  const field = inside.findLast((token) => !/^\d+$/.test(token));
  if (field === undefined) return quote;
  return `${field.replaceAll('~1', '/').replaceAll('~0', '~')}: ${quote}`;
}

const CALL = /\/(?:toolCalls\/\d+|toolCall)\/name$/;
/** Values whose field says what they are; texts of messages speak for themselves. */
const VALUE =
  /^\/(?:(?:messages\/\d+\/toolCalls\/\d+|spans\/\d+\/toolCall)\/arguments|(?:spans\/\d+\/)?usage|scores\/\d+|tools\/\d+\/parameters\/properties|metadata|(?=status$))\/?(.+)$/;
