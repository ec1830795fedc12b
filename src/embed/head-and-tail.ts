/**
 * Returns the text itself, or its first and last `limit / 2` UTF-16 units joined by a space if it is
 * longer: the request is at the beginning and the error at the end. Never splits a surrogate pair.
 */
export function headAndTail(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const half = Math.floor(limit / 2);
  const head = isHighSurrogate(text.charCodeAt(half - 1)) ? half - 1 : half;
  const tail = isLowSurrogate(text.charCodeAt(text.length - half)) ? half - 1 : half;
  return `${text.slice(0, head)} ${text.slice(text.length - tail)}`;
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
