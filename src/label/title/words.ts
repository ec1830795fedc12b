import { type ProseWord, proseWords } from '../../text/prose-words.ts';
import { FUNCTION_WORDS } from '../../text/stop-words.ts';

/** Courtesies and contractions of pronouns, which are unrelated to a cause. */
const CONVERSATION: ReadonlySet<string> = new Set(
  "hello here's hers hey hi him i'd i'll i'm i've itself let's ours please thank thanks that's theirs there's they're we'll we're we've what's yes you'll you're you've yours".split(
    ' ',
  ),
);

/** Distinct words and word pairs of a text, without stop words, digits, addresses and the given words. */
export function wordsOf(
  text: string | readonly ProseWord[],
  without: ReadonlySet<string> = new Set(),
): Set<string> {
  const found = new Set<string>();
  let before: string | null = null;
  for (const { word, follows } of typeof text === 'string' ? proseWords(text) : text) {
    const usable =
      word.length > 1 &&
      word.length < 40 &&
      !FUNCTION_WORDS.has(word) &&
      !CONVERSATION.has(word) &&
      !/\d/.test(word) &&
      !without.has(word);
    if (usable) {
      found.add(word);
      if (before !== null && follows) found.add(`${before} ${word}`);
    }
    before = usable ? word : null;
  }
  return found;
}
