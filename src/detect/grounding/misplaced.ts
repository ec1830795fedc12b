import { entities } from '../text/entities.ts';
import type { Sentence } from '../text/sentences.ts';
import { contentWords, hitsOf, type SourceSentences } from './source-sentences.ts';
import type { Unsupported } from './unsupported.ts';

/**
 * Sentences whose words all have a source, but not beside a name they are put with: of those words that
 * the source holds at all, less than 40 % stand in a sentence with the name or next to one. Catches what
 * is said of the wrong person, place or work, and what was joined from distant parts. A name is taken where
 * any of its words stands; a sentence needs three other words to be judged by.
 */
export function misplaced(
  claims: readonly Sentence[],
  source: SourceSentences,
): readonly Unsupported[] {
  if (!source.whole) return [];
  return claims.flatMap(({ text }) => {
    const known = new Set(contentWords(text).filter((word) => source.places.has(word)));
    if (known.size <= FEWEST_WORDS) return [];
    const hits = hitsOf(known, source, 1);
    let worst: Nearness | null = null;
    for (const name of entities(text, 20)) {
      const own = [...new Set(contentWords(name.text))].filter((word) => known.has(word));
      const best = nearness(own, known.size - own.length, hits, source);
      if (best !== null && (worst === null || best.share < worst.share)) worst = best;
    }
    return worst !== null && worst.share < LEAST_NEAR
      ? [{ kind: 'misplaced', text, closest: source.texts[worst.at] ?? null } as const]
      : [];
  });
}

/** Right summaries of people keep above one half. */
const LEAST_NEAR = 0.4;
const FEWEST_WORDS = 3;

interface Nearness {
  readonly share: number;
  readonly at: number;
}

/** The largest share of the other words of a claim that any place of a name has around it. */
function nearness(
  name: readonly string[],
  others: number,
  hits: ReadonlyMap<number, number>,
  { places }: SourceSentences,
): Nearness | null {
  if (others < FEWEST_WORDS) return null;
  let best: Nearness | null = null;
  for (const word of name) {
    for (const at of places.get(word) ?? []) {
      const own = name.filter((part) =>
        places.get(part)?.some((place) => Math.abs(place - at) <= 1),
      );
      const share = ((hits.get(at) ?? 0) - own.length) / others;
      if (best === null || share > best.share) best = { share, at };
    }
  }
  return best;
}
