import { SCALES } from '../../../text/numbers.ts';

/** A piece of arithmetic in running text. Operators are `+ - * / ^`, brackets `(` and `)`, whatever sign was written. */
export interface MathToken {
  readonly kind: 'number' | 'operator' | 'bracket' | 'equals' | 'other';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Of a number: as written, without its scale word. */
  readonly value: number;
  /** Of a number: one unit of its last digit, before its scale word. */
  readonly unit: number;
  /** Of a number: the factor of its scale word (`million`), else 1. */
  readonly scale: number;
  readonly percent: boolean;
}

/**
 * Cuts text into numbers, operators and the rest; fractions, powers and signs of LaTeX are read as brackets and
 * operators. A line break is `other` unless an equals sign follows, letters in a row are one `other`. At most
 * 8,000, each letter counted.
 */
export function mathTokens(text: string): readonly MathToken[] {
  const tokens: MathToken[] = [];
  const braces: ('fraction' | 'power' | 'plain')[] = [];
  let joined = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (tokens.length + joined >= MOST) break;
    const [whole, digits, percent, scale, letter, word] = match;
    const start = match.index;
    if (word !== undefined) joined += word.length - 1;
    if (LIST_MARKS.has(whole) && beginsItem(text, match.index)) continue;
    const base = { start, end: start + whole.length, value: 0, unit: 1, scale: 1, percent: false };
    if (digits !== undefined) {
      const number = numberOf(digits, scale ?? letter);
      tokens.push({
        ...base,
        ...number,
        percent: percent !== undefined,
        kind: 'number',
        text: whole,
      });
    } else
      for (const sign of signsOf(whole, braces, tokens.at(-1))) tokens.push({ ...base, ...sign });
  }
  return tokens;
}

const LIST_MARKS: ReadonlySet<string> = new Set(['-', '*', '\u2022', '\u2013', '\u2212', '+']);

/** A mark at the start of a line with a space behind it lists an item; a sign before a number has none. */
const beginsItem = (text: string, at: number): boolean =>
  /\s/.test(text[at + 1] ?? '') &&
  /(?:^|\n)[ \t]{0,20}$/.test(text.slice(Math.max(0, at - 21), at));

const MOST = 8000;
const TOKEN =
  /(?<![\w.,])\\?[$\u20ac\u00a3]?(?<![\w.,])(\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,12})?|\d{1,15}(?:\.\d{1,12})?)(?![\w,]?\d)(?: ?\\?(%))?(?:[ -]?(thousand|million|billion|trillion|mn|bn)\b|([kmb])\b)?|(?<=[\d)%] ?)[xX](?= ?[$(\d])|\*\*|\n(?!\s{0,40}[=\u2248])|\\d?frac\s?\{|\\[a-z]{1,12}|\\.|\}\s?\{|([a-wyz]+)|\S/gi;

/** The signs in a piece of text that is not a number; keeps the open braces of LaTeX. */
function signsOf(
  text: string,
  braces: ('fraction' | 'power' | 'plain')[],
  before: MathToken | undefined,
): readonly Sign[] {
  const [first] = text;
  if (first !== '\\' && first !== '{' && first !== '}') return SIGNS[text] ?? OTHERS;
  if (SPACES.test(text)) return [];
  if (FRACTION.test(text)) {
    braces.push('fraction');
    return [OPEN, OPEN];
  }
  if (text.startsWith('}')) {
    const closed = braces.at(-1);
    if (text.length > 1) return closed === 'fraction' ? [CLOSE, operator('/'), OPEN] : [OTHER];
    braces.pop();
    return closed === 'fraction' ? [CLOSE, CLOSE] : closed === 'power' ? [CLOSE] : [OTHER];
  }
  if (text === '{') {
    const isPower = before?.text === '^';
    braces.push(isPower ? 'power' : 'plain');
    return [isPower ? OPEN : OTHER];
  }
  return SIGNS[text] ?? OTHERS;
}

const SPACES = /^\\(?:left|right|quad|[,;! ])$/;
const FRACTION = /^\\d?frac/i;

type Sign = Pick<MathToken, 'kind' | 'text'>;
const operator = (text: string): Sign => ({ kind: 'operator', text });
const OPEN: Sign = { kind: 'bracket', text: '(' };
const CLOSE: Sign = { kind: 'bracket', text: ')' };
const OTHER: Sign = { kind: 'other', text: '' };
const OTHERS: readonly Sign[] = [OTHER];
const SIGNS: Readonly<Record<string, readonly Sign[]>> = {
  '=': [{ kind: 'equals', text: '=' }],
  '\u2248': [{ kind: 'equals', text: '\u2248' }],
  '\\approx': [{ kind: 'equals', text: '\u2248' }],
  '(': [OPEN],
  '[': [OPEN],
  ')': [CLOSE],
  ']': [CLOSE],
  '+': [operator('+')],
  '-': [operator('-')],
  '\u2212': [operator('-')],
  '\u2013': [operator('-')],
  '*': [operator('*')],
  x: [operator('*')],
  X: [operator('*')],
  '\u00d7': [operator('*')],
  '\u00b7': [operator('*')],
  '\u22c5': [operator('*')],
  '\u2217': [operator('*')],
  '\u2219': [operator('*')],
  '/': [operator('/')],
  '\u00f7': [operator('/')],
  '\\times': [operator('*')],
  '\\cdot': [operator('*')],
  '\\div': [operator('/')],
  '^': [operator('^')],
};

function numberOf(
  digits: string,
  scale: string | undefined,
): Pick<MathToken, 'value' | 'unit' | 'scale'> {
  const decimals = digits.includes('.') ? digits.length - digits.indexOf('.') - 1 : 0;
  return {
    value: Number(digits.replaceAll(',', '')),
    unit: 10 ** -decimals,
    scale: SCALES[scale?.toLowerCase() ?? ''] ?? 1,
  };
}
