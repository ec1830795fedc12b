import { sentences } from '../../../text/sentences.ts';
import { stem } from '../../../text/stem.ts';
import { isStopWord } from '../../../text/stop-words.ts';
import { words } from '../../../text/words.ts';

/** Source texts cut into sentences, with an index of the words that carry content. */
export interface SourceSentences {
  readonly texts: readonly string[];
  /** Sentences that hold a word (as its stem), ascending. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** False when the source was longer than what is read, so that absence proves nothing. */
  readonly whole: boolean;
}

const MOST = 3000;

export function sourceSentences(source: string): SourceSentences {
  const texts = sentences(source, MOST).map(({ text }) => text);
  const places = new Map<string, number[]>();
  for (const [index, text] of texts.entries()) {
    for (const word of contentWords(text)) {
      const known = places.get(word);
      if (known === undefined) places.set(word, [index]);
      else if (known.at(-1) !== index) known.push(index);
    }
  }
  return { texts, places, whole: texts.length < MOST };
}

/** Stems of the words that carry content, in order. */
export const contentWords = (text: string): readonly string[] =>
  words(text)
    .filter((word) => !isStopWord(word) && word !== "'s")
    .map(stem);

/** Number of the given words in each sentence that holds any. */
export function hitsOf(
  asked: Iterable<string>,
  { places }: SourceSentences,
): ReadonlyMap<number, number> {
  const hits = new Map<number, number>();
  for (const word of asked) {
    for (const at of places.get(word) ?? []) hits.set(at, (hits.get(at) ?? 0) + 1);
  }
  return hits;
}

/** The sentence with most of the given words, -1 when none holds any; of equals the first. */
export function closestSentence(
  asked: Iterable<string>,
  source: SourceSentences,
): { readonly at: number; readonly hits: number } {
  let at = -1;
  let most = 0;
  for (const [place, count] of hitsOf(asked, source)) {
    if (count > most || (count === most && place < at)) {
      at = place;
      most = count;
    }
  }
  return { at, hits: most };
}
