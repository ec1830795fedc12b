import type { CallSite } from '../../run/calls.ts';
import { likeness, novelty, valuesOf, type WordSet, wordsOf } from './similarity.ts';

/** A shorter search leaves little to reword. */
const FEWEST_WORDS = 6;
const ALIKE = 0.5;
/** Below this share of new words a result repeats what is already known. */
const NEWS = 0.4;
const TIMES = 3;
/** Searches compared with one another; a longer run has other signs of a loop. */
const MOST_GROUPS = 40;

interface Group {
  readonly tool: string;
  readonly words: WordSet;
  readonly indexes: number[];
  readonly seen: Set<string>;
  idle: number;
}

/**
 * Searches made three times or more in nearly the same words, all but the first of which returned errors
 * or what was already known: indexes of the largest such group, empty when there is no such group.
 */
export function rewordedSearch(calls: readonly CallSite[]): readonly number[] {
  const groups: Group[] = [];
  for (const [index, { call, result }] of calls.entries()) {
    if (!SEARCHES.test(call.name) || result === null) continue;
    const asked = wordsOf(valuesOf(call.arguments));
    if (asked.size < FEWEST_WORDS) continue;
    const found = wordsOf(result.text);
    const group = groups.find(
      ({ tool, words }) => tool === call.name && likeness(words, asked) >= ALIKE,
    );
    if (group === undefined) {
      if (groups.length >= MOST_GROUPS) break;
      const seen = new Set(found);
      groups.push({ tool: call.name, words: asked, indexes: [index], seen, idle: 0 });
      continue;
    }
    group.indexes.push(index);
    if (result.isError || novelty(found, group.seen) < NEWS) group.idle++;
    for (const word of found) group.seen.add(word);
  }
  return groups.reduce<readonly number[]>(
    (most, { indexes, idle }) =>
      idle >= TIMES - 1 && indexes.length > most.length ? indexes : most,
    [],
  );
}

const SEARCHES = /search|find|query|look_?up|retriev|browse|google/i;
