import type { Sentence } from '../../../text/sentences.ts';
import { stem } from '../../../text/stem.ts';
import { isStopWord } from '../../../text/stop-words.ts';
import { words } from '../../../text/words.ts';
import { hitsOf, type SourceSentences } from './source-sentences.ts';
import type { UnsupportedClaim } from './unsupported-claim.ts';

/** Sentences nearly equal to a sentence of the source, where only one of the two is negated. */
export function negations(
  claims: readonly Sentence[],
  source: SourceSentences,
): readonly UnsupportedClaim[] {
  const read = new Map<number, ReadSentence>();
  const sentenceAt = (at: number): ReadSentence => {
    const known = read.get(at) ?? readSentence(source.texts[at] ?? '');
    read.set(at, known);
    return known;
  };
  return claims.flatMap(({ text }) => {
    const claim = readSentence(text);
    if (claim.words.size < FEWEST_WORDS) return [];
    let best = { share: 0, negated: claim.negated, at: -1 };
    for (const [at, hits] of hitsOf(claim.words, source)) {
      const one = sentenceAt(at);
      const share = hits / Math.min(claim.words.size, Math.max(one.words.size, FEWEST_WORDS));
      if (share > best.share || (share === best.share && one.negated === claim.negated))
        best = { share, negated: one.negated, at };
    }
    return best.share >= ALIKE && best.negated !== claim.negated
      ? [{ kind: 'negation', text, closest: source.texts[best.at] ?? null } as const]
      : [];
  });
}

const FEWEST_WORDS = 5;
/** Share of words in common from which two sentences are about the same. */
const ALIKE = 0.75;

interface ReadSentence {
  readonly words: ReadonlySet<string>;
  readonly negated: boolean;
}

function readSentence(sentence: string): ReadSentence {
  const all = words(sentence);
  return {
    words: new Set(
      all.filter((word) => !isStopWord(word) && !NEGATIONS.has(word) && word !== "'s").map(stem),
    ),
    negated: all.some((word) => NEGATIONS.has(word) || word.endsWith("n't")),
  };
}

const NEGATIONS: ReadonlySet<string> = new Set(
  'not,no,never,none,nobody,nothing,neither,nor,without,cannot,denied,denies,refused,failed,unable,lacks'.split(
    ',',
  ),
);
