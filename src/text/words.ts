import { FNV_BASIS, fnv1a, fnv1aStep } from './hash.ts';

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
  const split = splitCase ? text.replace(CASE_CHANGE, ' ') : text;
  const lower = (digits ? split : split.replace(DIGITS, ' ')).toLowerCase();
  const found: string[] = [];
  const marks = findWords(lower, limit);
  for (let at = 0; at < marks; at += 3) {
    const end = bounds[at + 1]!;
    const tailEnd = bounds[at + 2]!;
    const word = lower.slice(bounds[at], end);
    if (tailEnd === end) found.push(word);
    else if (isPossessive(lower, end, tailEnd)) found.push(word, POSSESSIVE);
    else found.push(`${word}'${lower.slice(end + 1, tailEnd)}`);
  }
  return found;
}

/**
 * The hashes (`fnv1a`, signed) of what `words` gives without options, written into `into` as far as it reaches. Returns
 * their number. Makes no strings of words.
 */
export function hashWords(text: string, into: Int32Array): number {
  const count = hashAsciiWords(text, into);
  return count === null ? hashAnyWords(text, into) : count;
}

/** In one flat loop, without marks; null where the text has other characters than ASCII. */
function hashAsciiWords(text: string, into: Int32Array): number | null {
  let count = 0;
  let hash = FNV_BASIS;
  let inWord = false;
  const { length } = text;
  const most = into.length;
  for (let at = 0; at < length && count < most; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 127) return null;
    const letter = LOWER[unit]!;
    if (letter !== 0) {
      hash = fnv1aStep(hash, letter);
      inWord = true;
      continue;
    }
    if (!inWord) continue;
    const end = unit === APOSTROPHE ? apostropheEnd(text, at) : at;
    const isApart = end === at + 2 && LOWER[text.charCodeAt(at + 1)] === 0x73;
    if (end > at && !isApart) {
      hash = fnv1aStep(hash, APOSTROPHE);
      for (let tail = at + 1; tail < end; tail++) {
        const tailUnit = text.charCodeAt(tail);
        if (tailUnit > 127) return null;
        hash = fnv1aStep(hash, LOWER[tailUnit]!);
      }
    }
    into[count++] = hash;
    if (isApart) into[count++] = POSSESSIVE_HASH;
    hash = FNV_BASIS;
    inWord = false;
    if (end > at) at = end - 1;
  }
  if (inWord && count < most) into[count++] = hash;
  return Math.min(count, most);
}

const APOSTROPHE = 0x27;

/** Each ASCII letter in lower case and each digit; 0 for what belongs to no word. */
const LOWER = Uint8Array.from({ length: 128 }, (_, unit) =>
  isWordUnit(unit) ? String.fromCharCode(unit).toLowerCase().charCodeAt(0) : 0,
);

function hashAnyWords(text: string, into: Int32Array): number {
  const lower = text.toLowerCase();
  const marks = findWords(lower, into.length);
  let count = 0;
  for (let at = 0; at < marks; at += 3) {
    const end = bounds[at + 1]!;
    const tailEnd = bounds[at + 2]!;
    const hash = fnv1a(lower, FNV_BASIS, bounds[at], end);
    if (tailEnd === end) into[count++] = hash;
    else if (isPossessive(lower, end, tailEnd)) {
      into[count++] = hash;
      into[count++] = POSSESSIVE_HASH;
    } else into[count++] = fnv1a(lower, fnv1a("'", hash), end + 1, tailEnd);
  }
  return Math.min(count, into.length);
}

const POSSESSIVE = "'s";
const POSSESSIVE_HASH = fnv1a(POSSESSIVE);

/** Start and end of each word found last, and the end of what an apostrophe adds to it, in turn. */
let bounds = new Int32Array(3 * 4000);

/** Fills `bounds` with the first words of a text in lower case; returns how much of it. */
function findWords(lower: string, limit: number): number {
  let marks = 0;
  let count = 0;
  let at = 0;
  while (at < lower.length && count < limit) {
    if (!isWordUnit(lower.charCodeAt(at))) {
      at++;
      continue;
    }
    if (marks === bounds.length) bounds = enlarged(bounds);
    bounds[marks++] = at;
    while (at < lower.length && isWordUnit(lower.charCodeAt(at))) at++;
    const end = apostropheEnd(lower, at);
    bounds[marks++] = at;
    bounds[marks++] = end;
    count += isPossessive(lower, at, end) ? 2 : 1;
    at = end;
  }
  return marks;
}

function enlarged(full: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * full.length);
  larger.set(full);
  return larger;
}

/** Whether what follows a word up to `tailEnd` is an apostrophe and an s. */
const isPossessive = (lower: string, end: number, tailEnd: number): boolean =>
  tailEnd === end + 2 && lower.charCodeAt(end + 1) === 0x73;

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
