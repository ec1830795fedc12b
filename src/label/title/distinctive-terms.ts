import { logOddsZ } from '../../numeric/statistics/log-odds.ts';

export interface DistinctiveTerm {
  readonly term: string;
  /** z of the log-odds ratio. */
  readonly score: number;
}

/** The document frequency of each term, and their sum. */
export interface TermCounts {
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
}

const SIGNIFICANT = 1.96;
/** The prior has a tenth of the weight of the observations. */
const PRIOR_SHARE = 0.1;

export function countTerms(documents: readonly ReadonlySet<string>[]): TermCounts {
  const counts = new Map<string, number>();
  let total = 0;
  for (const document of documents) {
    total += document.size;
    for (const term of document) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return { counts, total };
}

/**
 * Finds terms that distinguish the documents of one class from the rest of `all`: `logOddsZ` of document
 * frequencies, with all documents as the prior. At most `limit`, z ≥ 1.96, in at least two
 * documents; a word pair replaces its words if it scores about as high.
 */
export function distinctiveTerms(
  inside: TermCounts,
  all: TermCounts,
  limit: number,
): DistinctiveTerm[] {
  const scored: DistinctiveTerm[] = [];
  for (const [term, count] of inside.counts) {
    if (count < 2) continue;
    const elsewhere = (all.counts.get(term) ?? count) - count;
    const prior = PRIOR_SHARE * (count + elsewhere);
    const score = logOddsZ(
      { count, total: inside.total },
      { count: elsewhere, total: all.total - inside.total },
      prior,
      PRIOR_SHARE * all.total,
    );
    if (score >= SIGNIFICANT) scored.push({ term, score: Math.round(score * 100) / 100 });
  }
  scored.sort((a, b) => b.score - a.score || (a.term < b.term ? -1 : 1));
  return withoutParts(scored, limit);
}

/** Drops a word if a pair that contains it scores at least 80% as high, and a pair if it adds nothing to its words. */
function withoutParts(scored: readonly DistinctiveTerm[], limit: number): DistinctiveTerm[] {
  const bestPair = new Map<string, number>();
  for (const { term, score } of scored)
    if (term.includes(' '))
      for (const word of term.split(' '))
        bestPair.set(word, Math.max(score, bestPair.get(word) ?? 0));
  const kept: DistinctiveTerm[] = [];
  const known = new Set<string>();
  for (const each of scored) {
    if (kept.length === limit) break;
    const words = each.term.split(' ');
    const adds =
      words.length > 1
        ? !words.some((word) => known.has(word))
        : (bestPair.get(each.term) ?? 0) < 0.8 * each.score;
    if (!adds) continue;
    kept.push(each);
    for (const word of words) known.add(word);
  }
  return kept;
}
