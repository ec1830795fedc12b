import { kmeans } from '../../numeric/numeric.ts';
import { FNV_BASIS, fnv1a } from '../../text/hash.ts';
import { isStopWord } from '../../text/stop-words.ts';
import { words } from '../../text/words.ts';

const DIMENSIONS = 64;
const MOST_INTENTS = 12;
/** Fewer requests do not make a group. */
const PER_INTENT = 60;
/** Centers are found on this many requests; all others join the nearest. */
const MOST_FITTED = 4_000;
const WORDS_READ = 40;
const NAMED_BY = 3;

export interface Intents {
  /** The words that tell each from the others: `refund, order, money`. */
  readonly names: readonly string[];
  /** Of each request; -1 where it has no words. */
  readonly of: Int32Array;
}

/**
 * Groups requests by their words: weighted by how rare they are, hashed to 64 numbers, k-means on directions. Up to 12
 * groups, one per 60 requests at most. Coarse on purpose: traffic is only made comparable by it. The same requests give the
 * same groups.
 */
export function intentsOf(requests: readonly string[]): Intents {
  const told = requests.map((request) => [
    ...new Set(
      words(request, { limit: WORDS_READ, digits: false }).filter(
        (word) => word.length > 2 && !isStopWord(word),
      ),
    ),
  ]);
  const filled = told.flatMap((each, at) => (each.length > 0 ? [at] : []));
  const k = Math.min(MOST_INTENTS, Math.floor(filled.length / PER_INTENT));
  const of = new Int32Array(requests.length).fill(-1);
  if (k < 2) return { names: [], of };

  const frequency = new Map<string, number>();
  for (const each of told)
    for (const word of each) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const weightOf = (word: string): number => Math.log(filled.length / frequency.get(word)!) + 0.1;
  const vectors = new Float32Array(filled.length * DIMENSIONS);
  for (const [place, at] of filled.entries()) {
    for (const word of told[at]!) {
      const hash = fnv1a(word, FNV_BASIS);
      const sign = (hash & 0x40000000) === 0 ? 1 : -1;
      vectors[place * DIMENSIONS + (hash % DIMENSIONS)]! += sign * weightOf(word);
    }
  }
  const step = Math.max(1, Math.ceil(filled.length / MOST_FITTED));
  const fitted = Float32Array.from(
    filled.flatMap((_, place) =>
      place % step === 0 ? [...vectors.subarray(place * DIMENSIONS, (place + 1) * DIMENSIONS)] : [],
    ),
  );
  const { centroids } = kmeans(fitted, { dimensions: DIMENSIONS, k, seed: 1, spherical: true });
  for (const [place, at] of filled.entries()) of[at] = nearest(vectors, place, centroids, k);
  return { names: namesOf(told, of, k, frequency), of };
}

function nearest(vectors: Float32Array, place: number, centroids: Float32Array, k: number): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let center = 0; center < k; center += 1) {
    let product = 0;
    for (let at = 0; at < DIMENSIONS; at += 1)
      product += vectors[place * DIMENSIONS + at]! * centroids[center * DIMENSIONS + at]!;
    if (product > most) {
      best = center;
      most = product;
    }
  }
  return best;
}

/** The words of each group that are most over-represented in it, of those that one in twenty of its requests has. */
function namesOf(
  told: readonly (readonly string[])[],
  of: Int32Array,
  k: number,
  frequency: ReadonlyMap<string, number>,
): readonly string[] {
  const counts = Array.from({ length: k }, () => new Map<string, number>());
  const sizes = new Array<number>(k).fill(0);
  for (const [at, own] of told.entries()) {
    const group = of[at]!;
    if (group < 0) continue;
    sizes[group]! += 1;
    for (const word of own) counts[group]!.set(word, (counts[group]!.get(word) ?? 0) + 1);
  }
  return counts.map((count, group) => {
    const telling = [...count]
      .filter(([, times]) => times >= Math.max(5, sizes[group]! / 20))
      .map(([word, times]) => ({ word, score: (times * times) / frequency.get(word)! }))
      .sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1));
    const name = telling.slice(0, NAMED_BY).map(({ word }) => word);
    return name.length === 0 ? `group ${group + 1}` : name.join(', ');
  });
}
