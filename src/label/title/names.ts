import type { Trace } from '../../contract/trace.ts';
import { type ProseWord, proseWords } from '../../text/prose-words.ts';

/** A word counts as a name if it is capitalized inside a sentence this many times as often as not. */
const MOSTLY = 4;
const GERMAN = new Set(
  'der das und ist nicht ich eine für mit auf wir sie den dem bitte'.split(' '),
);

/**
 * Finds words that look like names: capitalized where English is not, and hardly ever lowercase; and
 * the words of the traces' user, tenant and session. German texts, which capitalize all nouns,
 * are not used as evidence of capitals.
 */
export function namesIn(
  texts: readonly (readonly ProseWord[])[],
  traces: readonly Trace[],
): Set<string> {
  const capital = new Map<string, number>();
  const lower = new Map<string, number>();
  for (const tokens of texts) {
    const german = isGerman(tokens);
    for (const token of tokens) {
      if (!token.capital) lower.set(token.word, (lower.get(token.word) ?? 0) + 1);
      else if (!token.initial && !german)
        capital.set(token.word, (capital.get(token.word) ?? 0) + 1);
    }
  }
  const names = new Set<string>();
  for (const [word, count] of capital)
    if (count >= MOSTLY * (lower.get(word) ?? 0)) names.add(word).add(`${word}'s`);
  for (const { user, tenant, session } of traces)
    for (const value of [user, tenant, session])
      if (value !== null) for (const { word } of proseWords(value)) names.add(word);
  return names;
}

function isGerman(tokens: readonly ProseWord[]): boolean {
  const found = new Set<string>();
  for (const { word } of tokens) {
    if (GERMAN.has(word)) found.add(word);
    if (found.size === 2) return true;
  }
  return false;
}
