/** A quote of this length says enough by itself. */
const ENOUGH = 40;
/** Characters looked at on each side. */
const REACH = 160;

/**
 * A word or two with the JSON field or the sentence around it, 160 characters at most on each side, as in
 * `"order_id": "A-17"`. A longer quote, and one that is the whole text, comes back unchanged.
 */
export function surroundings(text: string, quote: string): string {
  if (quote.length >= ENOUGH || quote.length === text.length) return quote;
  const at = text.indexOf(quote);
  const end = at + quote.length;
  const before = text.slice(Math.max(0, at - REACH), at);
  const after = text.slice(end, end + REACH);
  const field = FIELD.exec(before)?.[0];
  if (field !== undefined) return field + quote + (VALUE_END.exec(after)?.[1] ?? '');
  const start = sentenceStart(before, at > REACH);
  return CLOSED.test(quote)
    ? start + quote
    : start + quote + sentenceEnd(after, end + REACH < text.length);
}

const FIELD = /["'][\w .-]{1,60}["']\s{0,3}:\s{0,3}["']?$/;
/** The rest of a short value with its quotation mark. */
const VALUE_END = /^([^"',{}[\]\n]{0,80}["']?)(?=\s{0,5}[,}\]]|\s{0,5}$)/;

/** Ends like a sentence. */
const CLOSED = /[.!?]["')\]]{0,2}$/;
const BREAK = /[.!?]["')\]]{0,2}\s+|\n+|[{}]|\\n/g;

function sentenceStart(before: string, isCut: boolean): string {
  let from = -1;
  for (const match of before.matchAll(BREAK)) from = match.index + match[0].length;
  if (from >= 0) return before.slice(from);
  return isCut ? before.slice(before.search(/\s/) + 1) : before;
}

function sentenceEnd(after: string, isCut: boolean): string {
  const stop = /[.!?](?=["')\]]{0,2}(?:\s|$))|[\n{}]|\\n/.exec(after);
  if (stop !== null) return after.slice(0, stop.index + (/[.!?]/.test(stop[0]) ? 1 : 0));
  return isCut ? after.slice(0, Math.max(0, after.search(/\s\S*$/))) : after;
}
