import { type Token, tokensOf } from './tokens.ts';

const STOP = new Set(
  "a about above after again all also am an and any are as at be because been before being below between both but by can cannot could did do does doing down during each few for from further had has have having he her here hers him his how i if in into is it its itself just me more most my no nor not now of off on once only or other our ours out over own same she should so some such than that the their theirs them then there these they this those through to too under until up us very was we were what when where which while who whom why will with would you your yours yes please thanks thank hi hello hey i'm i've i'd i'll it's you're you've you'll we're we've we'll they're that's there's what's here's let's".split(
    ' ',
  ),
);

/** Distinct words of a text and pairs of neighbors, without stop words, digits, addresses and the words given. */
export function wordsOf(
  text: string | readonly Token[],
  without: ReadonlySet<string> = new Set(),
): Set<string> {
  const found = new Set<string>();
  let before: string | null = null;
  for (const { word, follows } of typeof text === 'string' ? tokensOf(text) : text) {
    const usable =
      word.length > 1 &&
      word.length < 40 &&
      !STOP.has(word) &&
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
