const MOST_WORDS = 6;
const MOST_CHARACTERS = 80;
/** Code, markup and records have a form of their own, whatever their length. */
const MARKED_UP = /[[\]{}<>=`|]/;

/** A name, a number, a yes or no, or another phrase of six words at most. */
export function isShortAnswer(text: string): boolean {
  const trimmed = text.trim();
  return (
    trimmed !== '' &&
    trimmed.length <= MOST_CHARACTERS &&
    !MARKED_UP.test(trimmed) &&
    trimmed.split(/\s+/).length <= MOST_WORDS
  );
}

/** Plain words, more than a phrase. */
export function isLongAnswer(text: string): boolean {
  const head = text.trim().slice(0, 1_000);
  return !MARKED_UP.test(head) && head.split(/\s+/, MOST_WORDS + 1).length > MOST_WORDS;
}
