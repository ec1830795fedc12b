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
