import { finalize } from '../../numeric/random/random.ts';
import { foldedWords } from '../../text/folded-words.ts';
import { FNV_BASIS, fnv1a } from '../../text/hash.ts';

/** log2 of the number of hash buckets. At 2^20, two of 30,000 distinct features rarely collide. */
const BITS = 20;
export const BUCKETS: number = 2 ** BITS;

/** Feature counts of texts in compressed sparse rows: hash buckets and their counts. */
export interface Counts {
  readonly rows: number;
  /** Row r owns the entries from `offsets[r]` up to `offsets[r + 1]`. */
  readonly offsets: readonly number[];
  readonly buckets: Int32Array;
  readonly counts: Float32Array;
}

export interface FeatureCounter {
  readonly add: (text: string) => void;
  /** Everything added so far, in order. The arrays are views, valid until the next `add`. */
  readonly counts: () => Counts;
}

/**
 * Counts hashed word 1- and 2-grams and, within word boundaries, character 4-grams of words padded with a
 * space on both sides, as scikit-learn's `analyzer='char_wb'`.
 */
export function featureCounter(): FeatureCounter {
  const known = new Map<string, WordHashes>();
  const tally = new Int32Array(BUCKETS);
  const offsets = [0];
  let buckets = new Int32Array(2 ** 16);
  let counts = new Float32Array(2 ** 16);
  let used = 0;

  const count = (bucket: number): void => {
    if (tally[bucket] === 0) {
      if (used === buckets.length) {
        buckets = grown(buckets, new Int32Array(used * 2));
        counts = grown(counts, new Float32Array(used * 2));
      }
      buckets[used++] = bucket;
    }
    tally[bucket]! += 1;
  };

  return {
    add(text) {
      const start = used;
      let before: number | null = null;
      for (const word of foldedWords(text)) {
        const hashes = hashesOf(word, known);
        count(bucketOf(hashes.word));
        for (const gram of hashes.grams) count(gram);
        if (before !== null) count(bucketOf(mix(Math.imul(before, PAIR) ^ hashes.word)));
        before = hashes.word;
      }
      for (let entry = start; entry < used; entry++) {
        counts[entry] = tally[buckets[entry]!]!;
        tally[buckets[entry]!] = 0;
      }
      offsets.push(used);
    },
    counts: () => ({
      rows: offsets.length - 1,
      offsets,
      buckets: buckets.subarray(0, used),
      counts: counts.subarray(0, used),
    }),
  };
}

interface WordHashes {
  readonly word: number;
  /** Buckets of the word's character n-grams. */
  readonly grams: Int32Array;
}

/** Words repeat, so their n-grams are hashed once. */
const KNOWN_LIMIT = 200_000;
/** V8 copies slices up to this length; a longer one would keep the whole text alive. */
const KNOWN_WORD = 12;

function hashesOf(word: string, known: Map<string, WordHashes>): WordHashes {
  const found = known.get(word);
  if (found !== undefined) return found;
  const hashes = { word: hash(word, 0, word.length, WORD), grams: gramsOf(word) };
  if (word.length <= KNOWN_WORD && known.size < KNOWN_LIMIT) known.set(word, hashes);
  return hashes;
}

/** 3- to 5-grams cost 2.5 times as much and cluster no better (docs/embedders.md). */
const GRAM_LENGTH = 4;
/** Characters of a word that produce n-grams: encoded data can be one very long word. */
const WORD_LIMIT = 40;

function gramsOf(word: string): Int32Array {
  const padded = ` ${word.slice(0, WORD_LIMIT)} `;
  const count = Math.max(1, padded.length - GRAM_LENGTH + 1);
  return Int32Array.from({ length: count }, (_, start) =>
    bucketOf(hash(padded, start, Math.min(start + GRAM_LENGTH, padded.length), GRAM)),
  );
}

/** Salts that separate the kinds of features: the word `the` is not the gram `the`. */
const WORD = 0x9e3779b9;
const PAIR = 0x85ebca6b;
const GRAM = 0xc2b2ae35;

const bucketOf = (hashed: number): number => hashed >>> (32 - BITS);

/** Mixed, because only the high bits are used. */
const hash = (text: string, start: number, end: number, kind: number): number =>
  mix(fnv1a(text, FNV_BASIS ^ kind, start, end));

const mix = (value: number): number => finalize(value) >>> 0;

function grown<Values extends Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(
  values: Values,
  larger: Values,
): Values {
  larger.set(values);
  return larger;
}
