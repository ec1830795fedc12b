const STOP = new Set(
  'a about above after again all also am an and any are as at be because been before being below between both but by can cannot could did do does doing down during each few for from further had has have having he her here hers him his how i if in into is it its itself just me more most my no nor not now of off on once only or other our ours out over own same she should so some such than that the their theirs them then there these they this those through to too under until up us very was we were what when where which while who whom why will with would you your yours yes please thanks thank hi hello hey'.split(
    ' ',
  ),
);
const LONGEST_TEXT = 4_000;

/** Distinct lower-case words and word pairs of a text's first 4,000 characters, without stop words and pure numbers. */
export function wordsOf(text: string): Set<string> {
  const words =
    text
      .slice(0, LONGEST_TEXT)
      .toLowerCase()
      .match(/[\p{L}\p{N}_]+(?:['’-]\p{L}+)*/gu) ?? [];
  const found = new Set<string>();
  let before: string | null = null;
  for (const word of words) {
    const usable = word.length > 1 && word.length < 40 && !STOP.has(word) && !/\d/.test(word);
    if (usable) {
      found.add(word);
      if (before !== null) found.add(`${before} ${word}`);
    }
    before = usable ? word : null;
  }
  return found;
}
