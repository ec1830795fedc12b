import { finalize } from '../../numeric/random/random.ts';
import { fnv1a } from '../../text/hash.ts';
import { HashSet } from '../../text/hash-set.ts';
import { STOP_WORDS } from '../../text/stop-words.ts';
import { hashWords, words } from '../../text/words.ts';

const WORDS = 400;
const LEAST = 3;
const MOST = 5;

const buffer = new Int32Array(WORDS);

/** The words to build phrases from: the first 400 of the answer. */
export const phraseWords = (answer: string): readonly string[] =>
  words(answer.slice(0, 4_000), WORDS);

/** Their hashes, overwritten by the next answer. */
export const phraseHashes = (answer: string): Int32Array =>
  buffer.subarray(0, hashWords(answer.slice(0, 4_000), buffer));

/**
 * Calls `found` for every phrase of 3 to 5 words with at most one content word: a way of speaking, not a topic.
 * Makes at most 1,200 calls.
 */
export function eachPhrase(
  said: Int32Array,
  found: (hash: number, first: number, length: number) => void,
): void {
  const isContent = content.subarray(0, said.length);
  for (let at = 0; at < said.length; at++) isContent[at] = SPEECH.has(said[at]!) ? 0 : 1;
  for (let first = 0; first + LEAST <= said.length; first++) {
    let hash = 0x2545f491;
    let topics = 0;
    for (let length = 1; length <= MOST && first + length <= said.length; length++) {
      topics += isContent[first + length - 1]!;
      if (topics > 1) break;
      hash = Math.imul(hash, 31) + said[first + length - 1]!;
      if (length >= LEAST) found(finalize(hash), first, length);
    }
  }
}

const content = new Uint8Array(WORDS);

/** Words about the conversation itself rather than its topic. */
const SPEECH = new HashSet(
  [
    ...STOP_WORDS,
    ..."i'm i'll i've i'd you're you'll you've it's that's here's there's let's however therefore because thus sorry unfortunately".split(
      ' ',
    ),
  ].map((word) => fnv1a(word)),
);
