import { isRecord, parseJson } from '../../text/json.ts';

/** The longest text inside a quoted JSON object, which says more than its braces; a quote that is cut stays as it is. */
export function unwrapped(quote: string): string {
  const text = quote.trim();
  if (!text.startsWith('{')) return text;
  const value = parseJson(text);
  if (!isRecord(value)) return text;
  const texts = Object.values(value).filter((item) => typeof item === 'string');
  const longest = texts.reduce((best, item) => (item.length > best.length ? item : best), '');
  return longest.length > SHORT ? longest : text;
}

/** Below this, the longest text is a code or a name, and the object around it says more. */
const SHORT = 12;
