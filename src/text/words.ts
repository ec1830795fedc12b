/**
 * Lower-case words of a text, letters and digits of any script, apostrophes inside kept (`don't`), a
 * possessive `'s` cut into its own word `'s`. At most `limit` words.
 */
export function words(text: string, limit = 4000): readonly string[] {
  const found: string[] = [];
  const lower = text.toLowerCase();
  let at = 0;
  while (at < lower.length && found.length < limit) {
    if (!isWordUnit(lower.charCodeAt(at))) {
      at++;
      continue;
    }
    const start = at;
    while (at < lower.length && isWordUnit(lower.charCodeAt(at))) at++;
    const end = apostropheEnd(lower, at);
    const word = lower.slice(start, at);
    if (end === at) {
      found.push(word);
      continue;
    }
    const tail = lower.slice(at + 1, end);
    if (tail === 's') found.push(word, "'s");
    else found.push(`${word}'${tail}`);
    at = end;
  }
  return found;
}

/** Letters and digits of ASCII by range; beyond it everything but punctuation and spaces, which is close enough to letters. */
function isWordUnit(unit: number): boolean {
  if (unit < 128) {
    return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57);
  }
  if (unit < 0xc0) return unit === 0xaa || unit === 0xb5 || unit === 0xba;
  if (unit >= 0x2000 && unit <= 0x2bff) return false;
  return !((unit >= 0x3000 && unit <= 0x303f) || (unit >= 0xff00 && unit <= 0xff0f));
}

/** End of an apostrophe and up to three letters after a word (`'s`, `'t`, `'ll`), else where it began. */
function apostropheEnd(text: string, at: number): number {
  const mark = text.charCodeAt(at);
  if (mark !== 39 && mark !== 0x2019) return at;
  let end = at + 1;
  while (end < text.length && end - at <= 3 && isWordUnit(text.charCodeAt(end))) end++;
  if (end === at + 1 || (end < text.length && isWordUnit(text.charCodeAt(end)))) return at;
  return end;
}

/** Words that carry no topic. */
export const isStopWord = (word: string): boolean => STOP_WORDS.has(word);

/** A crude English stem: plural, -ing, -ed and -ly endings cut, so that inflections meet. */
export function stem(word: string): string {
  if (!mayEnd(word)) return word;
  const known = STEMS.get(word);
  if (known !== undefined) return known;
  const answer = cutEnding(word);
  // Longer words are slices that would keep their whole text alive.
  if (word.length > 12) return answer;
  if (STEMS.size >= STEMS_KEPT) STEMS.clear();
  STEMS.set(word, answer);
  return answer;
}

/** Whether a word's last letters are those of an ending: most words are told by them alone. */
function mayEnd(word: string): boolean {
  const last = word.charCodeAt(word.length - 1);
  const before = word.charCodeAt(word.length - 2);
  switch (last) {
    case 0x73: // s
    case 0x65: // e
      return true;
    case 0x67: // g
      return before === 0x6e;
    case 0x64: // d
      return before === 0x65;
    case 0x79: // y
      return before === 0x6c;
    case 0x6e: // n
      return before === 0x6f;
    default:
      return false;
  }
}

/** Stems already worked out: texts repeat their words. */
const STEMS = new Map<string, string>();
const STEMS_KEPT = 20_000;

function cutEnding(word: string): string {
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
