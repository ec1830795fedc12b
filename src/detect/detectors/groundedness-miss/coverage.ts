import type { Sentence } from '../../../text/sentences.ts';
import { closestSentence, contentWords, type SourceSentences } from './source-sentences.ts';
import type { UnsupportedClaim } from './unsupported-claim.ts';

/** The sentence least of whose words the context holds, where that is true of the answer as a whole. */
export function lowCoverage(
  claims: readonly Sentence[],
  vocabulary: ReadonlySet<string>,
  source: SourceSentences,
): readonly UnsupportedClaim[] {
  let all = 0;
  let covered = 0;
  let worst: { text: string; share: number } | undefined;
  for (const { text } of claims) {
    const content = contentWords(text);
    if (content.length < 4) continue;
    const hits = content.filter((word) => vocabulary.has(word)).length;
    all += content.length;
    covered += hits;
    const share = hits / content.length;
    if (worst === undefined || share < worst.share) worst = { text, share };
  }
  if (worst === undefined || all < FEWEST_WORDS || covered / all >= LEAST_COVERAGE) return [];
  const { at } = closestSentence(new Set(contentWords(worst.text)), source);
  return [{ kind: 'low coverage', text: worst.text, closest: source.texts[at] ?? null }];
}

const FEWEST_WORDS = 15;
/** Share of content words of an answer that occur in its context; summaries of people keep above 0.8. */
const LEAST_COVERAGE = 0.7;
