import { equal, evaluate } from './arithmetic.ts';
import { type MathToken, mathTokens } from './math-tokens.ts';

/**
 * Equations of plain numbers in a text that do not hold, verbatim (`($4,307 + $8,961) / $13,533 = 1.24`).
 * Sides are equal when they agree within the rounding of every number written and 0.3 %, up to sign and to
 * a factor of 100 (percent) or of thousands (scales). What is not plain arithmetic (names, functions,
 * roots) is passed over. Linear; at most `limit`.
 */
export function wrongCalculations(text: string, limit = 5): readonly string[] {
  if (!EQUALS.test(text)) return [];
  const tokens = mathTokens(text);
  const found: string[] = [];
  for (let at = 0; at < tokens.length && found.length < limit; at++) {
    if (tokens[at]?.kind !== 'equals') continue;
    const left = leftOf(tokens, at, text);
    const right = rightOf(tokens, at, text);
    if (left === null || right === null || ![...left, ...right].some(isOperator)) continue;
    const whole = text.slice(left[0]?.start, right.at(-1)?.end).trim();
    if (
      holds(left, right) ||
      DATES.test(whole) ||
      DENIED.test(text.slice(right.at(-1)?.end).slice(0, 40))
    )
      continue;
    found.push(whole);
  }
  return found;
}

/** A number or a bracket on both sides, so that texts with assignments (`num1=45`) are not cut into tokens. */
const EQUALS =
  /(?:[=\u2248]|\\approx)(?<=(?:(?<![a-z_]\d{0,14})\d|[)\]}%]|illion|thousand|\b[mb]n)\s{0,40}(?:[=\u2248]|\\approx))\s{0,4}[-\u2212([$\u20ac\u00a3\\\d]/i;
/** Dates and spans of years are no subtractions. */
const DATES = /\b\d{4}-\d{2}-\d{2}\b|\b(?:19|20)\d\d[-\u2013](?:19|20)?\d\d\b/;
/** The answer itself rejects the equation. */
const DENIED = /^[^.\n]{0,20}\b(?:not|wrong|incorrect|false)\b/;

const isOperator = (token: MathToken): boolean => token.kind === 'operator';

/**
 * Every reading gets a chance: percent as a number or a fraction, scale words written or implied,
 * `a / b * c` either way, and running totals (`2 + 3 = 5 + 4 = 9`).
 */
function holds(left: readonly MathToken[], right: readonly MathToken[]): boolean {
  if (mixesPercent(left) || mixesPercent(right)) return true;
  const factors = [...left, ...right].some(({ percent }) => percent) ? PERCENT : SCALES;
  for (const percent of [1, 0.01]) {
    for (const scaled of [true, false]) {
      for (const grouping of ['left', 'denominator'] as const) {
        const reading = { percent, scaled, grouping };
        const value = evaluate(left, reading);
        const results = [evaluate(right, reading), evaluate(right.slice(0, 1), reading)];
        if (value === null || results[0] === null) return true;
        if (results.some((result) => result !== null && equal(value, result, factors))) return true;
      }
    }
  }
  return false;
}

const PERCENT = [1, 100, 0.01];
const SCALES = [...PERCENT, 1e3, 1e-3, 1e6, 1e-6, 1e9, 1e-9];

/** `100 + 10 %` can mean a tenth of the hundred. */
const mixesPercent = (tokens: readonly MathToken[]): boolean => {
  const numbers = tokens.filter(({ kind }) => kind === 'number');
  const percents = numbers.filter(({ percent }) => percent).length;
  return (
    percents > 0 &&
    percents < numbers.length &&
    tokens.some(({ text }) => text === '+' || text === '-')
  );
};

/** The expression that ends before `at`; null when it holds something else. */
function leftOf(
  tokens: readonly MathToken[],
  at: number,
  text: string,
): readonly MathToken[] | null {
  let from = at;
  while (from > 0 && isMath(tokens[from - 1])) from--;
  const before = tokens[from - 1];
  while (tokens[from]?.text === '(' && unclosed(tokens.slice(from, at))) from++;
  const first = tokens[from];
  if (first === undefined || from === at) return null;
  // The bracket of a function: `f(7)`, `f'(7)`.
  if (first.text === '(' && /[\p{L}'_}]/u.test(text[first.start - 1] ?? '')) return null;
  const opens =
    before === undefined ||
    before.kind === 'equals' ||
    OPENS.test(text.slice(Math.max(0, before.end - 14), first.start));
  return opens ? tokens.slice(from, at) : null;
}

/** What may come before an expression without being part of it: the end of a clause, a bracket, a plain verb or a connective. */
const OPENS =
  /(?:\n[ \t]{0,8}[-*+\u2022\u2013\u2212]|[:;,.?!\n([{"'\u2018\u201c]|\*\*|\b(?:is|was|are|be|as|gives?|yields?|so|thus|therefore|then|have|calculated?|compute|first|next|now|finally|since|because|that|hence|and|get|gets|got|has|had|makes?|means?|equals?|find|know|obtain|need|needs))\s{0,20}\(*$/i;

/** The longest run of arithmetic after `at`; null when it breaks off after an operator or continues in other signs. */
function rightOf(
  tokens: readonly MathToken[],
  at: number,
  text: string,
): readonly MathToken[] | null {
  let to = at + 1;
  let depth = 0;
  for (; isMath(tokens[to]); to++) {
    const token = tokens[to];
    if (token?.text === '(') {
      // A bracket right after a number opens a remark.
      if (tokens[to - 1]?.kind === 'number') break;
      depth++;
    } else if (token?.text === ')') {
      if (depth === 0) break;
      depth--;
    }
  }
  if (to === at + 1 || depth > 0 || tokens[to - 1]?.kind === 'operator') return null;
  if (GOES_ON.test(text.slice(tokens[to - 1]?.end).slice(0, 2))) return null;
  return tokens.slice(at + 1, to);
}

/** Powers, fractions and signs that are not read: the expression has not ended. */
const GOES_ON = /^ ?[\p{No}\u00b1\u221a-\u221c\u2218]/u;

const isMath = (token: MathToken | undefined): boolean =>
  token !== undefined && token.kind !== 'equals' && token.kind !== 'other';

const unclosed = (tokens: readonly MathToken[]): boolean => {
  let depth = 0;
  for (const { text } of tokens) depth += text === '(' ? 1 : text === ')' ? -1 : 0;
  return depth > 0;
};
