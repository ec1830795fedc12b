import { stem } from '../../../text/stem.ts';
import { isStopWord } from '../../../text/stop-words.ts';
import { words } from '../../../text/words.ts';

/** The content words of a text, without numbers and ids. */
export type WordSet = ReadonlySet<string>;

/** Words looked at in one text. */
const MOST_WORDS = 400;

export function wordsOf(text: string): WordSet {
  const found = new Set<string>();
  for (const word of words(text, MOST_WORDS)) {
    if (!isStopWord(word) && !/\d/.test(word)) found.add(stem(word));
  }
  return found;
}

/** The values of a call's arguments as one text, without their names. */
export function valuesOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  return Object.values(value).map(valuesOf).join(' ');
}

/** Shared words as a share of all words of both (Jaccard); two texts without words are alike. */
export function likeness(left: WordSet, right: WordSet): number {
  let shared = 0;
  for (const word of left) if (right.has(word)) shared++;
  const all = left.size + right.size - shared;
  return all === 0 ? 1 : shared / all;
}

/** Shared words as a share of those of the shorter text; two texts without words are alike. */
export function contained(left: WordSet, right: WordSet): number {
  let shared = 0;
  for (const word of left) if (right.has(word)) shared++;
  const fewer = Math.min(left.size, right.size);
  if (fewer > 0) return shared / fewer;
  return left.size === right.size ? 1 : 0;
}

/** Words of `text` that are not among the earlier ones, as a share of its words; 0 for a text without words. */
export function novelty(text: WordSet, earlier: WordSet): number {
  let fresh = 0;
  for (const word of text) if (!earlier.has(word)) fresh++;
  return text.size === 0 ? 0 : fresh / text.size;
}
