export interface WordOptions {
  /** Most words returned. Default 4,000. */
  readonly limit?: number;
  /** Splits names of code where the case changes: `orderId` to `order id`, `HTTPError` to `http error`. Default false. */
  readonly splitCase?: boolean;
  /** Whether digits belong to words; without them `item3` is `item`. Default true. */
  readonly digits?: boolean;
}

/**
 * Lower-case words of a text, letters and digits of any script, apostrophes inside kept (`don't`), a
 * possessive `'s` cut into its own word `'s`. A number as the second argument is the limit.
 */
export function words(text: string, options: number | WordOptions = {}): readonly string[] {
  const {
    limit = 4000,
    splitCase = false,
    digits = true,
  } = typeof options === 'number' ? { limit: options } : options;
  const found: string[] = [];
  const split = splitCase ? text.replace(CASE_CHANGE, ' ') : text;
  const lower = (digits ? split : split.replace(DIGITS, ' ')).toLowerCase();
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

const CASE_CHANGE = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;
const DIGITS = /\p{N}+/gu;

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

/**
 * A crude English stem: plural, -ing, -ed and -ly endings cut, so that inflections meet. A key to compare
 * by, not a word to show. Porter's finds less here (docs/decisions/text.md).
 */
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

/** Whether a word's last letters are those of an ending: they decide it for most words. */
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
