import { finalize } from '../../numeric/random/random.ts';
import { fnv1a } from '../../text/hash.ts';
import { isStopWord } from '../../text/stop-words.ts';
import { words } from '../../text/words.ts';

const WORDS = 400;
const LEAST = 3;
const MOST = 5;

const hashes = new Int32Array(WORDS);
const content = new Uint8Array(WORDS);

/** The words that phrases are made of: the first 400 of the answer. */
export const phraseWords = (answer: string): readonly string[] =>
  words(answer.slice(0, 4_000), WORDS);

/**
 * Calls `found` with every phrase of 3 to 5 words, one of content at most: a way of speaking, not a topic. At most
 * 1,200 calls.
 */
export function eachPhrase(
  said: readonly string[],
  found: (hash: number, first: number, length: number) => void,
): void {
  for (let at = 0; at < said.length; at++) {
    const word = said[at]!;
    hashes[at] = fnv1a(word);
    content[at] = isStopWord(word) || FUNCTION.has(word) ? 0 : 1;
  }
  for (let first = 0; first + LEAST <= said.length; first++) {
    let hash = 0x2545f491;
    let topics = 0;
    for (let length = 1; length <= MOST && first + length <= said.length; length++) {
      topics += content[first + length - 1]!;
      if (topics > 1) break;
      hash = Math.imul(hash, 31) + hashes[first + length - 1]!;
      if (length >= LEAST) found(finalize(hash), first, length);
    }
  }
}

/** Words of speech about the task rather than of its topic. */
const FUNCTION: ReadonlySet<string> = new Set(
  "i'm i'll i've i'd you're you'll you've it's that's here's there's let's however therefore because thus sorry unfortunately".split(
    ' ',
  ),
);
