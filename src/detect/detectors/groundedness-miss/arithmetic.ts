import { largest, smallest } from '../../../numeric/statistics/extremes.ts';
import type { MathToken } from './math-tokens.ts';

/** The values that an expression can have, given how its numbers were rounded. */
interface Range {
  readonly low: number;
  readonly high: number;
}

/** One way to read what people write. */
export interface Reading {
  /** What one per cent counts. */
  readonly percent: number;
  /** Whether scale words count. */
  readonly scaled: boolean;
  /** `a / b * c` as `(a / b) * c` or as `a / (b * c)`. */
  readonly grouping: 'left' | 'denominator';
}

/**
 * Value of an expression of numbers, `+ - * / ^` and brackets; null when it is none, or divides by what
 * may be zero. A number that stands alone is a result, which may be cut instead of rounded.
 */
export function evaluate(tokens: readonly MathToken[], reading: Reading): Range | null {
  const cursor: Cursor = { tokens, reading, at: 0, depth: 0 };
  const range = sum(cursor);
  return range !== null && cursor.at === tokens.length && Number.isFinite(range.high - range.low)
    ? range
    : null;
}

/** Whether both can be the same number, up to sign and one of the factors. */
export const equal = (a: Range, b: Range, factors: readonly number[]): boolean =>
  [b, negated(b)].some(({ low, high }) =>
    factors.some((factor) => {
      const slack = Math.max(Math.abs(a.low), Math.abs(a.high)) * SLACK;
      return a.low <= high * factor + slack && a.high >= low * factor - slack;
    }),
  );

/** Slips of rounding change no answer. */
const SLACK = 3e-3;

interface Cursor {
  readonly tokens: readonly MathToken[];
  readonly reading: Reading;
  at: number;
  depth: number;
}

const DEEPEST = 20;

const sum = (cursor: Cursor): Range | null =>
  chain(cursor, product, { '+': add, '-': (a, b) => add(a, negated(b)) });

function product(cursor: Cursor): Range | null {
  if (cursor.reading.grouping === 'left')
    return chain(cursor, power, { '*': multiply, '/': divide });
  const above = chain(cursor, power, { '*': multiply });
  if (above === null || cursor.tokens[cursor.at]?.text !== '/') return above;
  cursor.at++;
  const below = chain(cursor, power, { '*': multiply, '/': multiply });
  return below === null ? null : divide(above, below);
}

type Operation = (a: Range, b: Range) => Range | null;

function chain(
  cursor: Cursor,
  operand: (cursor: Cursor) => Range | null,
  operations: Readonly<Record<string, Operation>>,
): Range | null {
  let value = operand(cursor);
  while (value !== null) {
    const token = cursor.tokens[cursor.at];
    const operation = token?.kind === 'operator' ? operations[token.text] : undefined;
    if (operation === undefined) break;
    cursor.at++;
    const next = operand(cursor);
    value = next === null ? null : operation(value, next);
  }
  return value;
}

function power(cursor: Cursor): Range | null {
  const base = atom(cursor);
  if (base === null || cursor.tokens[cursor.at]?.text !== '^') return base;
  cursor.at++;
  const exponent = atom(cursor);
  if (exponent === null || base.low < 0) return null;
  return corners(base, exponent, (a, b) => a ** b);
}

function atom(cursor: Cursor): Range | null {
  const token = cursor.tokens[cursor.at];
  if (token === undefined || cursor.depth > DEEPEST) return null;
  cursor.at++;
  if (token.kind === 'number') return rangeOf(token, cursor);
  if (token.text === '-') {
    cursor.depth++;
    const value = atom(cursor);
    cursor.depth--;
    return value === null ? null : negated(value);
  }
  if (token.text !== '(') return null;
  cursor.depth++;
  const inner = sum(cursor);
  cursor.depth--;
  if (cursor.tokens[cursor.at]?.text !== ')') return null;
  cursor.at++;
  return inner;
}

function rangeOf(token: MathToken, { tokens, reading }: Cursor): Range {
  const factor = (token.percent ? reading.percent : 1) * (reading.scaled ? token.scale : 1);
  const exact = token.unit === 1 && token.value < 1000 && token.scale === 1 && !token.percent;
  const isResult = tokens.length === 1;
  const below = exact && !isResult ? 0 : token.unit / 2;
  const above = isResult ? token.unit : below;
  return { low: (token.value - below) * factor, high: (token.value + above) * factor };
}

const add = (a: Range, b: Range): Range => ({ low: a.low + b.low, high: a.high + b.high });
const negated = ({ low, high }: Range): Range => ({ low: -high, high: -low });
const multiply = (a: Range, b: Range): Range => corners(a, b, (x, y) => x * y);
const divide = (a: Range, b: Range): Range | null =>
  b.low <= 0 && b.high >= 0 ? null : corners(a, b, (x, y) => x / y);

function corners(a: Range, b: Range, operation: (a: number, b: number) => number): Range {
  const all = [
    operation(a.low, b.low),
    operation(a.low, b.high),
    operation(a.high, b.low),
    operation(a.high, b.high),
  ];
  return { low: smallest(all), high: largest(all) };
}
