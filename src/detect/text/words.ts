/**
 * Lower-case words of a text, letters and digits of any script, apostrophes inside kept (`don't`), a
 * possessive `'s` cut into its own word `'s`. At most `limit` words.
 */
export function words(text: string, limit = 4000): readonly string[] {
  const found: string[] = [];
  WORD.lastIndex = 0;
  for (
    let match = WORD.exec(text);
    match !== null && found.length < limit;
    match = WORD.exec(text)
  ) {
    const word = match[0].toLowerCase();
    if (word.length > 2 && (word.endsWith("'s") || word.endsWith('\u2019s'))) {
      found.push(word.slice(0, -2), "'s");
    } else {
      found.push(word);
    }
  }
  return found;
}

const WORD = /[\p{L}\p{N}]+(?:['\u2019][\p{L}]{1,3}(?![\p{L}]))?/gu;

/** Words that carry no topic. */
export const isStopWord = (word: string): boolean => STOP_WORDS.has(word);

/** A crude English stem: plural, -ing, -ed and -ly endings cut, so that inflections meet. */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  for (const ending of ENDINGS) {
    if (word.endsWith(ending) && word.length - ending.length >= 3) {
      const cut = word.slice(0, -ending.length);
      return cut.at(-1) === cut.at(-2) && !/[lse]$/.test(cut)
        ? cut.slice(0, -1)
        : cut.replace(/e$/, '');
    }
  }
  return word.replace(/e$/, '');
}

const ENDINGS = ['ations', 'ation', 'ingly', 'ings', 'ing', 'edly', 'ed', 'ly', 'es', 's'];

const STOP_WORDS: ReadonlySet<string> = new Set(
  "a an the and or but if then else of to in on at by for from with without into onto over under about as is are was were be been being am do does did done has have had having will would shall should can could may might must not no nor so than too very just also only own same such that this these those there here it its it's he she they them his her their our your my me we us you i who whom whose which what when where why how all any both each few more most other some s t don dont doesn't didn't isn't aren't wasn't weren't won't can't cannot 's please let give tell provide based using use used answer question following according per between during after before while because since until upon via out up down off again further once".split(
    ' ',
  ),
);
