import { stem } from '../../text/stem.ts';
import { words } from '../../text/words.ts';

/** Both ends of a long request: the task is at one of them. */
export const cutRequest = (request: string): string =>
  request.length <= 2400 ? request : `${request.slice(0, 1200)} \n ${request.slice(-1200)}`;

/** The words of a request, as they are and as stems. */
export interface Tokens {
  readonly text: string;
  readonly lower: string;
  readonly raw: readonly string[];
  readonly stems: readonly string[];
}

export interface Hit {
  readonly category: string;
  readonly confidence: number;
}

export type Phrase = readonly string[];

/** A phrase as stems. */
export const phraseOf = (text: string): Phrase => words(text).map(stem);

/** Phrases by their first word. */
export function indexOf(phrases: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> {
  const index = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    const first = phrase[0];
    if (first === undefined) continue;
    const same = index.get(first);
    if (same === undefined) index.set(first, [phrase]);
    else same.push(phrase);
  }
  return index;
}

const MOST_WORDS = 300;

export function tokens(request: string): Tokens {
  const text = cutRequest(request);
  const raw = words(text, MOST_WORDS);
  return { text, lower: text.toLowerCase(), raw, stems: raw.map(stem) };
}

/** Whether the word at a position begins with a capital. */
export function isCapital(text: Tokens, at: number): boolean {
  const { lower } = text;
  let from = 0;
  for (let index = 0; index <= at; index++) {
    const word = text.raw[index] ?? '';
    const found = lower.indexOf(word === "'s" ? 's' : word, from);
    if (found === -1) return false;
    if (index === at) return text.text[found] !== lower[found];
    from = found + word.length;
  }
  return false;
}

export const startsAt = (stems: readonly string[], at: number, phrase: Phrase): boolean =>
  phrase.every((word, offset) => stems[at + offset] === word);
