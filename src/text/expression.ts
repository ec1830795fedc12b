/**
 * A piece of call syntax as models write it: Python literals and calls, with JSON as a special case.
 * `name` also holds anything that is no literal (a variable, an attribute), `operation` anything
 * computed.
 */
export type Expression =
  | { readonly kind: 'string'; readonly value: string; readonly quote: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'constant'; readonly value: boolean | null; readonly python: boolean }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly tuple: boolean }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly positional: readonly Expression[];
      readonly named: readonly (readonly [string, Expression])[];
    }
  | { readonly kind: 'operation' };

/** An expression and where it ends in the text. */
export interface Parsed {
  readonly value: Expression;
  readonly end: number;
}

export interface ExpressionOptions {
  /** Longer texts are not read. Default 20,000 characters. */
  readonly maxLength?: number;
  /** Whether a string in single or double quotes may hold a line break as it is. Default false, as in Python. */
  readonly lineBreaks?: boolean;
}

/** The whole text as one expression, null when it is not one. */
export function parseExpression(
  text: string,
  { maxLength = MAX_LENGTH, lineBreaks = false }: ExpressionOptions = {},
): Expression | null {
  if (text.length > maxLength) return null;
  const reader = new Reader(text, lineBreaks);
  const parsed = reader.expression(reader.skip(0), 0);
  return parsed !== null && reader.skip(parsed.end) === text.length ? parsed.value : null;
}

/** The expression that starts at `at`; what follows does not matter. Reads 20,000 characters. */
export function parseAt(text: string, at: number): Parsed | null {
  return new Reader(text.slice(0, at + MAX_LENGTH), false).expression(at, 0);
}

const MAX_LENGTH = 20_000;
const MAX_DEPTH = 100;

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/uy;
const KEYWORD = /[\p{L}_][\p{L}\p{N}_]*(?=[ \t\r\n]*=(?!=))/uy;
const PREFIX = /[rRbBfFuU]{0,2}(?="""|'''|"|')/y;
const OPERATOR = /\*\*|\/\/|<=|>=|==|!=|[-+*/%<>|&^@]|(?:and|or|if|else|in|not|is)\b/y;

const LINE_FEED = 10;
const BACKSLASH = 92;

/** What ends an expression, so that no operator need be looked for. */
const ENDS = new Set(',:)]}');

/** Reads one text by recursive descent; null wherever it breaks the syntax. */
class Reader {
  readonly #text: string;
  readonly #lineBreaks: boolean;

  constructor(text: string, lineBreaks: boolean) {
    this.#text = text;
    this.#lineBreaks = lineBreaks;
  }

  /** Where the next character after white space is. */
  skip(at: number): number {
    return this.#text.charCodeAt(at) > 32 ? at : at + (this.#match(SPACE, at)?.length ?? 0);
  }

  expression(at: number, depth: number): Parsed | null {
    const first = this.#operand(at, depth);
    if (first === null) return null;
    let { value, end } = first;
    for (;;) {
      const next = this.skip(end);
      const operator = ENDS.has(this.#text[next] ?? '') ? null : this.#match(OPERATOR, next);
      if (operator === null) return { value, end };
      const right = this.#operand(this.skip(next + operator.length), depth);
      if (right === null) return null;
      value = { kind: 'operation' };
      end = right.end;
    }
  }

  #match(pattern: RegExp, at: number): string | null {
    pattern.lastIndex = at;
    return pattern.exec(this.#text)?.[0] ?? null;
  }

  #operand(at: number, depth: number): Parsed | null {
    if (depth > MAX_DEPTH) return null;
    switch (this.#text[at]) {
      case '[':
      case '(':
        return this.#list(at, depth);
      case '{':
        return this.#dict(at, depth);
      case "'":
      case '"':
        return this.#string(at, at, depth);
      case '-':
      case '+':
        return this.#signed(at, depth);
      default: {
        const prefix = this.#match(PREFIX, at);
        if (prefix !== null) return this.#string(at, at + prefix.length, depth);
        const number = this.#match(NUMBER, at);
        if (number !== null) {
          const value = Number(number.replaceAll('_', ''));
          return { value: { kind: 'number', value }, end: at + number.length };
        }
        return this.#named(at, depth);
      }
    }
  }

  #signed(at: number, depth: number): Parsed | null {
    const inner = this.#operand(this.skip(at + 1), depth + 1);
    if (inner === null) return null;
    const { value } = inner;
    if (value.kind !== 'number') return { value: { kind: 'operation' }, end: inner.end };
    const sign = this.#text[at] === '-' ? -1 : 1;
    return { value: { kind: 'number', value: sign * value.value }, end: inner.end };
  }

  #string(start: number, at: number, depth: number): Parsed | null {
    if (depth > MAX_DEPTH) return null;
    const text = this.#text;
    const triple = text.slice(at, at + 3);
    const quote = triple === '"""' || triple === "'''" ? triple : (text[at] ?? '');
    const isRaw = at > start && /[rR]/.test(text.slice(start, at));
    let value = '';
    let from = at + quote.length;
    const closing = quote.charCodeAt(0);
    for (let index = from; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code === closing && text.startsWith(quote, index)) {
        value += text.slice(from, index);
        const literal = { kind: 'string', value, quote } as const;
        return this.#adjacent({ value: literal, end: index + quote.length }, depth);
      }
      if (code === LINE_FEED && quote.length === 1 && !this.#lineBreaks) return null;
      if (code !== BACKSLASH || isRaw) continue;
      const sequence = escapeAt(text, index);
      value += text.slice(from, index) + sequence.value;
      index = sequence.end - 1;
      from = sequence.end;
    }
    return null;
  }

  /** Two strings side by side are one in Python. */
  #adjacent(first: Parsed, depth: number): Parsed | null {
    const next = this.skip(first.end);
    const prefix = ENDS.has(this.#text[next] ?? '') ? null : this.#match(PREFIX, next);
    if (prefix === null || first.value.kind !== 'string') return first;
    const second = this.#string(next, next + prefix.length, depth + 1);
    if (second === null || second.value.kind !== 'string') return second;
    return {
      value: { ...first.value, value: first.value.value + second.value.value },
      end: second.end,
    };
  }

  #list(at: number, depth: number): Parsed | null {
    const text = this.#text;
    const close = text[at] === '[' ? ']' : ')';
    const items: Expression[] = [];
    let commas = 0;
    let next = this.skip(at + 1);
    while (text[next] !== close) {
      const item = this.expression(next, depth + 1);
      if (item === null) return null;
      items.push(item.value);
      next = this.skip(item.end);
      if (text[next] === ',') {
        commas++;
        next = this.skip(next + 1);
      } else if (text[next] !== close) return null;
    }
    const end = next + 1;
    const [only] = items;
    if (close === ')' && commas === 0 && only !== undefined) return { value: only, end };
    return this.#postfix({ value: { kind: 'list', items, tuple: close === ')' }, end }, depth);
  }

  #dict(at: number, depth: number): Parsed | null {
    const text = this.#text;
    const entries: [Expression, Expression][] = [];
    let next = this.skip(at + 1);
    while (text[next] !== '}') {
      const key = this.expression(next, depth + 1);
      if (key === null) return null;
      const colon = this.skip(key.end);
      if (text[colon] !== ':') return null;
      const value = this.expression(this.skip(colon + 1), depth + 1);
      if (value === null) return null;
      entries.push([key.value, value.value]);
      next = this.skip(value.end);
      if (text[next] === ',') next = this.skip(next + 1);
      else if (text[next] !== '}') return null;
    }
    return { value: { kind: 'dict', entries }, end: next + 1 };
  }

  #named(at: number, depth: number): Parsed | null {
    const name = this.#match(NAME, at);
    if (name === null || name === 'lambda') return null;
    const end = at + name.length;
    const constant = Object.hasOwn(CONSTANTS, name) ? CONSTANTS[name] : undefined;
    if (constant !== undefined) return { value: constant, end };
    if (this.#text[end] === '(') return this.#call(name, end, depth);
    return this.#postfix({ value: { kind: 'name', name }, end }, depth);
  }

  #call(name: string, at: number, depth: number): Parsed | null {
    const text = this.#text;
    const positional: Expression[] = [];
    const named: [string, Expression][] = [];
    let next = this.skip(at + 1);
    while (text[next] !== ')') {
      const key = this.#match(KEYWORD, next);
      const from = key === null ? next : this.skip(this.skip(next + key.length) + 1);
      const value = this.expression(from, depth + 1);
      if (value === null) return null;
      if (key === null) positional.push(value.value);
      else named.push([key, value.value]);
      next = this.skip(value.end);
      if (text[next] === ',') next = this.skip(next + 1);
      else if (text[next] !== ')') return null;
    }
    return this.#postfix(
      { value: { kind: 'call', name, positional, named }, end: next + 1 },
      depth,
    );
  }

  /** Subscripts and attributes make something computed out of whatever they follow. */
  #postfix(parsed: Parsed, depth: number): Parsed | null {
    if (depth > MAX_DEPTH) return null;
    const character = this.#text[parsed.end];
    if (character === '[') {
      const index = this.#list(parsed.end, depth + 1);
      return index === null ? null : { value: { kind: 'operation' }, end: index.end };
    }
    if (character === '.') {
      const rest = this.#named(parsed.end + 1, depth + 1);
      return rest === null ? null : { value: { kind: 'operation' }, end: rest.end };
    }
    return parsed;
  }
}

/** What an escape sequence stands for, and where it ends. */
function escapeAt(text: string, at: number): { readonly value: string; readonly end: number } {
  const character = text[at + 1];
  if (character === undefined) return { value: '', end: at + 1 };
  CODE_POINT.lastIndex = at + 1;
  const digits = CODE_POINT.exec(text)?.[0].slice(1);
  const code = digits === undefined ? Number.NaN : Number.parseInt(digits, 16);
  if (digits !== undefined && code <= 0x10ffff) {
    return { value: String.fromCodePoint(code), end: at + 2 + digits.length };
  }
  return { value: ESCAPES[character] ?? character, end: at + 2 };
}

const CODE_POINT = /x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}/y;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  '\n': '',
};

const CONSTANTS: Readonly<Record<string, Expression>> = {
  true: { kind: 'constant', value: true, python: false },
  false: { kind: 'constant', value: false, python: false },
  null: { kind: 'constant', value: null, python: false },
  True: { kind: 'constant', value: true, python: true },
  False: { kind: 'constant', value: false, python: true },
  None: { kind: 'constant', value: null, python: true },
};
