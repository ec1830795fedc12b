import type { Sentence } from '../../../text/sentences.ts';
import { isStopWord } from '../../../text/stop-words.ts';
import { stem, words } from '../../../text/words.ts';
import { hitsOf, type SourceSentences } from './source-sentences.ts';
import type { Unsupported } from './unsupported.ts';

/** Sentences that say nearly what a source sentence says, but one of the two denies it. */
export function negations(
  claims: readonly Sentence[],
  source: SourceSentences,
): readonly Unsupported[] {
  const read = new Map<number, Statement>();
  const statementAt = (at: number): Statement => {
    const known = read.get(at) ?? statementOf(source.texts[at] ?? '');
    read.set(at, known);
    return known;
  };
  return claims.flatMap(({ text }) => {
    const claim = statementOf(text);
    if (claim.words.size < FEWEST_WORDS) return [];
    let best = { share: 0, denied: claim.denied, at: -1 };
    for (const [at, hits] of hitsOf(claim.words, source)) {
      const one = statementAt(at);
      const share = hits / Math.min(claim.words.size, Math.max(one.words.size, FEWEST_WORDS));
      if (share > best.share || (share === best.share && one.denied === claim.denied))
        best = { share, denied: one.denied, at };
    }
    return best.share >= ALIKE && best.denied !== claim.denied
      ? [{ kind: 'negation', text, closest: source.texts[best.at] ?? null } as const]
      : [];
  });
}

const FEWEST_WORDS = 5;
/** Share of words in common from which two sentences are about the same. */
const ALIKE = 0.75;

interface Statement {
  readonly words: ReadonlySet<string>;
  readonly denied: boolean;
}

function statementOf(sentence: string): Statement {
  const all = words(sentence);
  return {
    words: new Set(
      all.filter((word) => !isStopWord(word) && !DENIALS.has(word) && word !== "'s").map(stem),
    ),
    denied: all.some((word) => DENIALS.has(word) || word.endsWith("n't")),
  };
}

const DENIALS: ReadonlySet<string> = new Set(
  'not,no,never,none,nobody,nothing,neither,nor,without,cannot,denied,denies,refused,failed,unable,lacks'.split(
    ',',
  ),
);
