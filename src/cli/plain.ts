/** Text of a trace made safe for a terminal: control characters and escape sequences out, white space folded. */
export const plain = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** At most `width` characters, the end replaced by an ellipsis. */
export const shorten = (text: string, width: number): string =>
  text.length <= width
    ? text
    : `${text.slice(0, Math.max(1, width - 2))}…${text.endsWith('”') ? '”' : ''}`;
