import type { JsonObject } from '../../contract/json.ts';
import { isRecord, parseJson } from '../../text/json.ts';

/** A JSON object as people read arguments: `order_id: "30657997", reason: "other"`; anything else as it is. */
export function readable(text: string): string {
  const value = parseJson(text);
  return isRecord(value) ? entriesText(value) : text;
}

/** How a quote reads in a text that `readable` made. */
export function readableQuote(quote: string): string {
  const whole = parseJson(quote);
  if (isRecord(whole)) return entriesText(whole);
  const entry = quote.startsWith('"') ? parseJson(`{${quote}}`) : undefined;
  return isRecord(entry) ? entriesText(entry) : quote;
}

const entriesText = (value: JsonObject): string =>
  Object.entries(value)
    .map(([key, item]) => `${key}: ${JSON.stringify(item)}`)
    .join(', ');
