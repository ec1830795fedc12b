/** At most `width` characters, the end replaced by an ellipsis. */
export const shorten = (text: string, width: number): string =>
  text.length <= width
    ? text
    : `${text.slice(0, Math.max(1, width - 2))}…${text.endsWith('”') ? '”' : ''}`;
