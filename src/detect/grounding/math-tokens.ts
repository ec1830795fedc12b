import { SCALES } from '../text/numbers.ts';

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
  /** Of a number: what its scale word stands for (`million`), else 1. */
  readonly scale: number;
  readonly percent: boolean;
}

/** Cuts text into numbers, operators and the rest. A line break is `other` unless an equals sign follows. At most 8,000. */
export function mathTokens(text: string): readonly MathToken[] {
  const tokens: MathToken[] = [];
  for (const match of text.matchAll(TOKEN)) {
    if (tokens.length >= MOST) break;
    const [whole, digits, percent, scale, letter] = match;
    const start = match.index;
    const end = start + whole.length;
    const base = { start, end, value: 0, unit: 1, scale: 1, percent: false };
    if (digits !== undefined) {
      const number = numberOf(digits, scale ?? letter);
      tokens.push({
        ...base,
        ...number,
        percent: percent !== undefined,
        kind: 'number',
        text: whole,
      });
    } else tokens.push({ ...base, ...(SIGNS[whole] ?? { kind: 'other', text: whole }) });
  }
  return tokens;
}

const MOST = 8000;
const TOKEN =
  /(?<![\w.,])[$\u20ac\u00a3]?(?<![\w.,])(\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,12})?|\d{1,15}(?:\.\d{1,12})?)(?![\w,]?\d)(?: ?(%))?(?:[ -]?(thousand|million|billion|trillion|mn|bn)\b|([kmb])\b)?|(?<=[\d)%] ?)[xX](?= ?[$(\d])|\*\*|\n(?!\s{0,40}[=\u2248])|\S/gi;

type Sign = Pick<MathToken, 'kind' | 'text'>;
const operator = (text: string): Sign => ({ kind: 'operator', text });
const SIGNS: Readonly<Record<string, Sign>> = {
  '=': { kind: 'equals', text: '=' },
  '\u2248': { kind: 'equals', text: '\u2248' },
  '(': { kind: 'bracket', text: '(' },
  '[': { kind: 'bracket', text: '(' },
  ')': { kind: 'bracket', text: ')' },
  ']': { kind: 'bracket', text: ')' },
  '+': operator('+'),
  '-': operator('-'),
  '\u2212': operator('-'),
  '\u2013': operator('-'),
  '*': operator('*'),
  x: operator('*'),
  X: operator('*'),
  '\u00d7': operator('*'),
  '/': operator('/'),
  '\u00f7': operator('/'),
  '^': operator('^'),
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
