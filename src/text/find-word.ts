const isWordCharacter = (char: string): boolean => /^\w$/.test(char);

/** In lower case, of the same length, so that positions hold. */
function foldCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
}

/** Whether a word begins or ends at a position, as `\b` in a regular expression. */
const isWordBoundary = (text: string, at: number): boolean =>
  isWordCharacter(text.charAt(at - 1)) !== isWordCharacter(text.charAt(at));

/**
 * Where words that may come from anywhere first begin in a text, in any case and at the beginning of a
 * word; -1 when they do not. No regular expression is made of them.
 */
export function findWord(text: string, wanted: string): number {
  const [folded, words] = [foldCase(text), foldCase(wanted)];
  for (let at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + 1)) {
    if (isWordBoundary(text, at)) return at;
    if (words === '') return -1;
  }
  return -1;
}

/** Whether words that may come from anywhere occur in a text as whole words, in any case. */
export function holdsWord(text: string, wanted: string): boolean {
  const [folded, words] = [foldCase(text), foldCase(wanted)];
  if (words === '') return false;
  for (let at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + 1)) {
    if (isWordBoundary(text, at) && isWordBoundary(text, at + words.length)) return true;
  }
  return false;
}
