import { words } from '../../../text/words.ts';

const MOST = 10_000;

/** Lower-case words of a text, up to 10,000. */
export const tokens = (text: string): readonly string[] => words(text, MOST);

/** Counts of the runs of n tokens. */
export function ngrams(all: readonly string[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + n <= all.length; at += 1) {
    const gram = n === 1 ? all[at]! : all.slice(at, at + n).join(' ');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/** How many occurrences two counts have in common. */
export function common(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let shared = 0;
  for (const [gram, count] of a) shared += Math.min(count, b.get(gram) ?? 0);
  return shared;
}

/** Harmonic mean of precision and recall; 0 where nothing is shared. `beta` is how many times recall counts. */
export const fScore = (precision: number, recall: number, beta = 1): number =>
  precision + recall === 0
    ? 0
    : ((1 + beta * beta) * precision * recall) / (beta * beta * precision + recall);
