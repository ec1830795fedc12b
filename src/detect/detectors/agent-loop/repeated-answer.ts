import type { Message } from '../../../contract/trace.ts';
import { stem } from '../../../text/stem.ts';
import { words } from '../../../text/words.ts';
import { likeness, type WordSet } from './similarity.ts';

/** Indexes of the first and the second message in which the assistant says the same, and how often it did. */
export interface RepeatedAnswer {
  readonly first: number;
  readonly again: number;
  readonly times: number;
}

const TIMES = 3;
/** Shorter messages are courtesies, or confirm one of several equal actions. */
const SHORTEST = 120;
/** Nearly every word in common, numbers and ids too: the same sentence about another thing is not a repetition. */
const ALIKE = 0.85;
const MOST_WORDS = 400;
const MOST_GROUPS = 20;

/** An answer or a plan that the assistant gives three times or more in nearly the same words. */
export function repeatedAnswer(messages: readonly Message[]): RepeatedAnswer | null {
  if (messages.length < 2 * TIMES - 1) return null;
  const groups: { readonly words: WordSet; readonly indexes: number[] }[] = [];
  for (const [index, { role, content }] of messages.entries()) {
    if (role !== 'assistant' || content.length < SHORTEST) continue;
    const ownWords = new Set(words(content, MOST_WORDS).map(stem));
    const group = groups.find((one) => likeness(one.words, ownWords) >= ALIKE);
    if (group !== undefined) group.indexes.push(index);
    else if (groups.length < MOST_GROUPS) groups.push({ words: ownWords, indexes: [index] });
  }
  for (const { indexes } of groups) {
    const [first, again] = indexes;
    if (first === undefined || again === undefined || indexes.length < TIMES) continue;
    return { first, again, times: indexes.length };
  }
  return null;
}
