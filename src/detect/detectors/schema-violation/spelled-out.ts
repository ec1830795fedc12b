/**
 * A text written one character per line, with an empty line between words: code that took a text for a list
 * and iterated over its letters. Null when there is none in the first 20,000 characters.
 */
export const spelledOut = (text: string): string | null =>
  SPELLED.exec(text.slice(0, 20_000))?.[0].trim() ?? null;

const SPELLED = /(?<![^\n])(?:[\p{L}\p{N}]\n){4,30}[ \t]?\n(?:[\p{L}\p{N}]\n){3,30}/u;
