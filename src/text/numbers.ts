import { words } from './words.ts';

/** A number in a text. */
export interface Quantity {
  /** Verbatim, with sign, currency and scale. */
  readonly text: string;
  readonly start: number;
  /** With its scale word applied: `$1.2 million` is 1200000; a percentage is the number before the sign. */
  readonly value: number;
  /** Half a unit of the last digit given, scaled: a value this near is the same when rounded. */
  readonly tolerance: number;
  readonly kind: 'plain' | 'percent' | 'money' | 'year';
}

/** Numbers in digits and, from `two` on, in words, in order; list markers, versions, times and parts of identifiers are left out. At most `limit`. */
export const quantities = (text: string, limit = 400): readonly Quantity[] =>
  read(text, limit, NUMBER, false);

/** A number that a request gives, and the words around it. */
export interface Measure {
  readonly value: number;
  /** The digits verbatim, without sign, currency and unit; the whole of a number in words. */
  readonly text: string;
  /** Where `text` begins. */
  readonly at: number;
  readonly isPercent: boolean;
  /** Up to three words after it: what it counts or measures. */
  readonly after: readonly string[];
  /** The word before it, '' when there is none. */
  readonly before: string;
}

/** As `quantities`, for a text that asks for something: numbers with a unit attached (`5km`, `3rd`) count, `m` and `b` are units. */
export const measures = (text: string, limit = 400): readonly Measure[] =>
  read(text, limit, MEASURE, true).map(
    ({ value, digits, digitsStart, text: whole, start, kind }) => {
      const end = start + whole.length;
      return {
        value,
        text: digits,
        at: digitsStart,
        isPercent: kind === 'percent',
        before:
          BEFORE.exec(text.slice(Math.max(0, digitsStart - 40), digitsStart))?.[1]?.toLowerCase() ??
          '',
        after: wordsAfter(text.slice(end, end + 60)),
      };
    },
  );

const BEFORE = /(\p{L}{3,30})\s(?:of\s|is\s)?[$€£]?$/u;

const wordsAfter = (text: string): readonly string[] =>
  words(text.split(/[.,;:?!]/)[0] ?? '', { digits: false, limit: 3 });

interface Found extends Quantity {
  readonly digits: string;
  readonly digitsStart: number;
}

function read(text: string, limit: number, pattern: RegExp, attached: boolean): readonly Found[] {
  const found: Found[] = [];
  pattern.lastIndex = 0;
  for (
    let match = pattern.exec(text);
    match !== null && found.length < limit;
    match = pattern.exec(text)
  ) {
    const quantity = match[5] === undefined ? fromDigits(text, match, attached) : fromWord(match);
    if (quantity !== null) found.push(quantity);
  }
  return found;
}

const WORDS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  dozen: 12,
};

const DIGITS = '\\d{1,3}(?:,\\d{3}){1,6}(?:\\.\\d{1,10})?|\\d{1,18}(?:\\.\\d{1,10})?';
const NUMBER = patternOf('', DIGITS, 'million|billion|trillion|thousand|hundred|mn|bn|m|k|b');
const MEASURE = patternOf(
  '^',
  `(?:${DIGITS})(?:e[-+]?\\d{1,3})?|\\.\\d{1,10}`,
  'million|billion|trillion|thousand|hundred|dozen|k',
);

/** Groups: sign and currency, digits, scale, percent; or a number in words. */
function patternOf(before: string, digits: string, scales: string): RegExp {
  return new RegExp(
    `(?<![\\w.#/${before}]|\\w-|\\d:)([-\u2212+]?[$\u20ac\u00a3\u00a5]?[ ]?[-\u2212]?)(${digits})(?:[ -]?(${scales})\\b)?(?:[ ]?(%|percent\\b|per cent\\b))?|\\b(${Object.keys(WORDS).join('|')})\\b`,
    'gi',
  );
}

/** Letters that may follow digits without a space: `5km`, `3rd`, `10x`. */
const UNIT =
  /^(?:[kcmn\u00b5]?[mglJWVANsK]|km|kg|mg|cm|mm|kmh|mph|hz|kw|mol|lbs?|ft|in|yd|hrs?|min|sec|ms|st|nd|rd|th|x|am|pm|gb|mb|tb|\u00b0?[CF])(?![\p{L}])/iu;

/** What a scale word or letter, in lower case, multiplies by. */
export const SCALES: Readonly<Record<string, number>> = {
  hundred: 1e2,
  thousand: 1e3,
  k: 1e3,
  million: 1e6,
  mn: 1e6,
  m: 1e6,
  billion: 1e9,
  bn: 1e9,
  b: 1e9,
  trillion: 1e12,
  dozen: 12,
};

function fromDigits(text: string, match: RegExpExecArray, attached: boolean): Found | null {
  const [whole, sign = '', digits = '', scaleWord, percent] = match;
  const end = match.index + whole.length;
  const next = text.slice(end, end + 6);
  const runsOn = /^\w/.test(next) && !(attached && UNIT.test(next));
  if ((runsOn || /^[.:/-]\d/.test(next)) && scaleWord === undefined && percent === undefined)
    return null;
  const lineStart =
    match.index === 0 ||
    text[match.index - 1] === '\n' ||
    /\n\s{0,6}$/.test(text.slice(Math.max(0, match.index - 7), match.index));
  if (lineStart && /^[.)]\s/.test(next)) return null;
  const plain = Number(digits.replaceAll(',', ''));
  if (!Number.isFinite(plain)) return null;
  const isKelvin = attached && scaleWord === 'K' && !CURRENCY.test(sign);
  const scale = scaleWord === undefined || isKelvin ? 1 : (SCALES[scaleWord.toLowerCase()] ?? 1);
  const decimals = digits.includes('.') ? digits.length - digits.indexOf('.') - 1 : 0;
  const zeros =
    decimals === 0 && scale === 1 ? (/0*$/.exec(digits.replaceAll(',', ''))?.[0].length ?? 0) : 0;
  const leading = whole.length - whole.trimStart().length;
  return {
    text: whole.trim(),
    start: match.index + leading,
    digits,
    digitsStart: match.index + sign.length,
    value: plain * scale,
    tolerance: 0.5 * 10 ** (zeros >= 3 ? zeros : -decimals) * scale,
    kind: kindOf(sign, digits, scaleWord, percent),
  };
}

const CURRENCY = /[$\u20ac\u00a3\u00a5]/;

function kindOf(
  sign: string,
  digits: string,
  scale: string | undefined,
  percent: string | undefined,
): Quantity['kind'] {
  if (percent !== undefined) return 'percent';
  if (CURRENCY.test(sign)) return 'money';
  return scale === undefined && /^(?:1[6-9]|20)\d\d$/.test(digits) ? 'year' : 'plain';
}

function fromWord(match: RegExpExecArray): Found | null {
  const value = WORDS[match[5]?.toLowerCase() ?? ''];
  if (value === undefined) return null;
  const [text] = match;
  const start = match.index;
  return { text, start, digits: text, digitsStart: start, value, tolerance: 0, kind: 'plain' };
}
