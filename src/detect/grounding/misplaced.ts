import { entities } from '../text/entities.ts';
import type { Sentence } from '../text/sentences.ts';
import { contentWords, type SourceSentences } from './source-sentences.ts';
import type { Unsupported } from './unsupported.ts';

/**
 * Sentences whose words all have a source, but not beside a name they are put with: of those words that
 * the source holds at all, less than half stand near the name. Near is the sentence with the name, its
 * neighbours, and those after it that go on about it (a pronoun and no other name). Catches what is
 * said of the wrong person, place or work, and what was joined from distant parts. A name is taken where any
 * of its words stands; a sentence needs three other words to be judged by.
 */
export function misplaced(
  claims: readonly Sentence[],
  source: SourceSentences,
): readonly Unsupported[] {
  if (!source.whole) return [];
  const subjects = subjectsOf(source.texts);
  return claims.flatMap(({ text }) => {
    const known = new Set(contentWords(text).filter((word) => tells(word, source)));
    const names = entities(text, MOST_NAMES + 1);
    if (known.size <= FEWEST_WORDS || names.length > MOST_NAMES) return [];
    const near = nearBy(known, source, subjects);
    let worst: Nearness | null = null;
    for (const name of names) {
      const own = new Set(contentWords(name.text).filter((word) => known.has(word)));
      const best = nearest(own, near, source);
      if (best !== null && (worst === null || best.share < worst.share)) worst = best;
    }
    return worst !== null && worst.share < LEAST_NEAR
      ? [{ kind: 'misplaced', text, closest: source.texts[worst.at] ?? null } as const]
      : [];
  });
}

/** More make a list, which is put together from many places. */
const MOST_NAMES = 5;
const FEWEST_WORDS = 3;
const LEAST_NEAR = 0.5;

/** Whether a word has a source, and not so many places that it is near everything. */
const tells = (word: string, { places }: SourceSentences): boolean => {
  const count = places.get(word)?.length ?? 0;
  return count > 0 && count <= MOST_PLACES;
};

const MOST_PLACES = 300;

/** For each sentence the one that names what it is about: itself, unless it goes on with a pronoun and no name. */
function subjectsOf(texts: readonly string[]): Int32Array {
  const subjects = new Int32Array(texts.length);
  for (const [at, text] of texts.entries()) {
    const before = at === 0 ? 0 : (subjects[at - 1] ?? 0);
    const goesOn =
      at > 0 && at - before < LONGEST_RUN && PRONOUN.test(text) && entities(text, 1).length === 0;
    subjects[at] = goesOn ? before : at;
  }
  return subjects;
}

const LONGEST_RUN = 10;
const PRONOUN = /\b(?:he|she|they|it|his|her|their|its|him|them|who|i|me|my|we|us|our)\b/i;

/** The sentences that each word stands near. */
function nearBy(
  asked: Iterable<string>,
  { places }: SourceSentences,
  subjects: Int32Array,
): ReadonlyMap<string, ReadonlySet<number>> {
  const near = new Map<string, ReadonlySet<number>>();
  for (const word of asked) {
    const around = new Set<number>();
    for (const at of places.get(word) ?? [])
      around
        .add(at - 1)
        .add(at)
        .add(at + 1)
        .add(subjects[at] ?? at);
    near.set(word, around);
  }
  return near;
}

interface Nearness {
  readonly share: number;
  readonly at: number;
}

/** The place of a name that has most of the other words near, and their share. */
function nearest(
  name: ReadonlySet<string>,
  near: ReadonlyMap<string, ReadonlySet<number>>,
  { places }: SourceSentences,
): Nearness | null {
  const others = [...near.keys()].filter((word) => !name.has(word));
  if (others.length < FEWEST_WORDS) return null;
  let best: Nearness | null = null;
  for (const word of name) {
    for (const at of places.get(word) ?? []) {
      const share = others.filter((other) => near.get(other)?.has(at)).length / others.length;
      if (best === null || share > best.share) best = { share, at };
      if (share >= LEAST_NEAR) return best;
    }
  }
  return best;
}
