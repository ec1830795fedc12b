/**
 * z of the log-odds ratio of a word in two groups of texts, with an informative Dirichlet prior (Monroe, Colaresi, Quinn
 * 2008, "Fightin' Words", eq. 16 and 22). `count` of `total` are the word and all words of a group; `prior` and
 * `priorTotal` the same of the prior. Positive where the first group has more of it.
 */
export function logOddsZ(
  first: { readonly count: number; readonly total: number },
  second: { readonly count: number; readonly total: number },
  prior: number,
  priorTotal: number,
): number {
  const odds = ({ count, total }: typeof first): number =>
    Math.log((count + prior) / (total + priorTotal - count - prior));
  const deviation = Math.sqrt(1 / (first.count + prior) + 1 / (second.count + prior));
  return (odds(first) - odds(second)) / deviation;
}
