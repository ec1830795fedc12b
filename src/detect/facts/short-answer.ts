const MOST_WORDS = 6;
const MOST_CHARACTERS = 80;
/** Code, markup, and records are neither short nor long answers. */
const MARKED_UP = /[[\]{}<>=`|]/;

/** A full sentence of three or more words is written for a person, however short it is. */
const SENTENCE = /^\S+\s+\S+\s[\s\S]*[.!?。！？]$/;

/** A name, a number, a yes or no, or another phrase of six words at most. */
export function isShortAnswer(text: string): boolean {
  const trimmed = text.trim();
  return (
    trimmed !== '' &&
    trimmed.length <= MOST_CHARACTERS &&
    !MARKED_UP.test(trimmed) &&
    !SENTENCE.test(trimmed) &&
    trimmed.split(/\s+/).length <= MOST_WORDS
  );
}

/** Plain text, longer than a phrase. */
export function isLongAnswer(text: string): boolean {
  const head = text.trim().slice(0, 1_000);
  return !MARKED_UP.test(head) && head.split(/\s+/, MOST_WORDS + 1).length > MOST_WORDS;
}
