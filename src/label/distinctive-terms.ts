export interface DistinctiveTerm {
  readonly term: string;
  /** z of the log-odds ratio. */
  readonly score: number;
}

const SIGNIFICANT = 1.96;
/** The prior counts as a tenth of what was observed. */
const PRIOR_SHARE = 0.1;

/**
 * Terms that mark the documents of one class against the rest: log-odds ratio with an informative
 * Dirichlet prior (Monroe, Colaresi, Quinn 2008, "Fightin' Words", eq. 16 and 22) over document
 * frequencies, the prior being the whole. At most `limit`, z ≥ 1.96, in at least two documents; a
 * pair of words replaces its words when it scores as high.
 */
export function distinctiveTerms(
  inside: readonly ReadonlySet<string>[],
  outside: readonly ReadonlySet<string>[],
  limit: number,
): DistinctiveTerm[] {
  const here = countTerms(inside);
  const there = countTerms(outside);
  const hereTotal = total(here);
  const thereTotal = total(there);
  const scored: DistinctiveTerm[] = [];
  for (const [term, count] of here) {
    if (count < 2) continue;
    const elsewhere = there.get(term) ?? 0;
    const prior = PRIOR_SHARE * (count + elsewhere);
    const score = zScore(count, hereTotal, elsewhere, thereTotal, prior);
    if (score >= SIGNIFICANT) scored.push({ term, score: Math.round(score * 100) / 100 });
  }
  scored.sort((a, b) => b.score - a.score || (a.term < b.term ? -1 : 1));
  return withoutParts(scored).slice(0, limit);
}

function zScore(y1: number, n1: number, y2: number, n2: number, prior: number): number {
  const priorTotal = PRIOR_SHARE * (n1 + n2);
  const odds = (y: number, n: number): number =>
    Math.log((y + prior) / (n + priorTotal - y - prior));
  return (odds(y1, n1) - odds(y2, n2)) / Math.sqrt(1 / (y1 + prior) + 1 / (y2 + prior));
}

function countTerms(documents: readonly ReadonlySet<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const document of documents)
    for (const term of document) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

const total = (counts: ReadonlyMap<string, number>): number =>
  counts.values().reduce((sum, count) => sum + count, 0);

/** Drops a word when a pair that holds it scores at least 80 % as high, and a pair when it adds nothing to its words. */
function withoutParts(scored: readonly DistinctiveTerm[]): DistinctiveTerm[] {
  const pairs = scored.filter(({ term }) => term.includes(' '));
  const covered = (word: DistinctiveTerm): boolean =>
    pairs.some(
      (pair) => pair.term.split(' ').includes(word.term) && pair.score >= 0.8 * word.score,
    );
  const kept: DistinctiveTerm[] = [];
  for (const each of scored) {
    const words = each.term.split(' ');
    const known = kept.some(({ term }) => term.split(' ').some((word) => words.includes(word)));
    if (words.length > 1 ? !known : !covered(each)) kept.push(each);
  }
  return kept;
}
