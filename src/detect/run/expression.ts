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

const MAX_DEPTH = 40;
const MAX_LENGTH = 20_000;

/** The whole text as one expression, null when it is not one. */
export function parseExpression(text: string): Expression | null {
  if (text.length > MAX_LENGTH) return null;
  const parsed = expression(text, skip(text, 0), 0);
  return parsed !== null && skip(text, parsed.end) === text.length ? parsed.value : null;
}

/** The expression that starts at `at`; what follows does not matter. */
export function parseAt(text: string, at: number): Parsed | null {
  return expression(text.slice(0, at + MAX_LENGTH), at, 0);
}

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/uy;
const PREFIX = /[rRbBfFuU]{0,2}(?="""|'''|"|')/y;
const OPERATOR = /\*\*|\/\/|<=|>=|==|!=|[-+*/%<>|&^@]|(?:and|or|if|else|in|not|is)\b/y;

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

const skip = (text: string, at: number): number => at + (match(SPACE, text, at)?.length ?? 0);

function expression(text: string, at: number, depth: number): Parsed | null {
  const first = operand(text, at, depth);
  if (first === null) return null;
  let { value, end } = first;
  for (;;) {
    const next = skip(text, end);
    const operator = match(OPERATOR, text, next);
    if (operator === null) return { value, end };
    const right = operand(text, skip(text, next + operator.length), depth);
    if (right === null) return null;
    value = { kind: 'operation' };
    end = right.end;
  }
}

function operand(text: string, at: number, depth: number): Parsed | null {
  if (depth > MAX_DEPTH) return null;
  const character = text[at];
  switch (character) {
    case '[':
    case '(':
      return list(text, at, depth);
    case '{':
      return dict(text, at, depth);
    case '-':
    case '+':
      return signed(text, at, depth);
    default: {
      const prefix = match(PREFIX, text, at);
      if (prefix !== null) return string(text, at, at + prefix.length, depth);
      const number = match(NUMBER, text, at);
      if (number !== null) {
        const value = Number(number.replaceAll('_', ''));
        return { value: { kind: 'number', value }, end: at + number.length };
      }
      return named(text, at, depth);
    }
  }
}

function signed(text: string, at: number, depth: number): Parsed | null {
  const inner = operand(text, skip(text, at + 1), depth + 1);
  if (inner === null) return null;
  const { value } = inner;
  if (value.kind !== 'number') return { value: { kind: 'operation' }, end: inner.end };
  const sign = text[at] === '-' ? -1 : 1;
  return { value: { kind: 'number', value: sign * value.value }, end: inner.end };
}

function string(text: string, start: number, at: number, depth: number): Parsed | null {
  if (depth > MAX_DEPTH) return null;
  const triple = text.slice(at, at + 3);
  const quote = triple === '"""' || triple === "'''" ? triple : (text[at] ?? '');
  let value = '';
  for (let index = at + quote.length; index < text.length; index++) {
    if (text.startsWith(quote, index)) {
      const literal = { kind: 'string', value, quote } as const;
      return adjacent(text, { value: literal, end: index + quote.length }, depth);
    }
    const character = text[index];
    if (character === '\n' && quote.length === 1) return null;
    if (character === '\\' && !/[rR]/.test(text.slice(start, at))) {
      index++;
      value += escaped(text[index]);
    } else value += character;
  }
  return null;
}

/** Two strings side by side are one in Python. */
function adjacent(text: string, first: Parsed, depth: number): Parsed | null {
  const next = skip(text, first.end);
  const prefix = match(PREFIX, text, next);
  if (prefix === null || first.value.kind !== 'string') return first;
  const second = string(text, next, next + prefix.length, depth + 1);
  if (second === null || second.value.kind !== 'string') return second;
  return {
    value: { ...first.value, value: first.value.value + second.value.value },
    end: second.end,
  };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

const escaped = (character: string | undefined): string =>
  character === undefined ? '' : (ESCAPES[character] ?? character);

function list(text: string, at: number, depth: number): Parsed | null {
  const close = text[at] === '[' ? ']' : ')';
  const items: Expression[] = [];
  let commas = 0;
  let next = skip(text, at + 1);
  while (text[next] !== close) {
    const item = expression(text, next, depth + 1);
    if (item === null) return null;
    items.push(item.value);
    next = skip(text, item.end);
    if (text[next] === ',') {
      commas++;
      next = skip(text, next + 1);
    } else if (text[next] !== close) return null;
  }
  const end = next + 1;
  const [only] = items;
  if (close === ')' && commas === 0 && only !== undefined) return { value: only, end };
  return postfix(text, { value: { kind: 'list', items, tuple: close === ')' }, end }, depth);
}

function dict(text: string, at: number, depth: number): Parsed | null {
  const entries: [Expression, Expression][] = [];
  let next = skip(text, at + 1);
  while (text[next] !== '}') {
    const key = expression(text, next, depth + 1);
    if (key === null) return null;
    const colon = skip(text, key.end);
    if (text[colon] !== ':') return null;
    const value = expression(text, skip(text, colon + 1), depth + 1);
    if (value === null) return null;
    entries.push([key.value, value.value]);
    next = skip(text, value.end);
    if (text[next] === ',') next = skip(text, next + 1);
    else if (text[next] !== '}') return null;
  }
  return { value: { kind: 'dict', entries }, end: next + 1 };
}

const CONSTANTS: Readonly<Record<string, Expression>> = {
  true: { kind: 'constant', value: true, python: false },
  false: { kind: 'constant', value: false, python: false },
  null: { kind: 'constant', value: null, python: false },
  True: { kind: 'constant', value: true, python: true },
  False: { kind: 'constant', value: false, python: true },
  None: { kind: 'constant', value: null, python: true },
};

function named(text: string, at: number, depth: number): Parsed | null {
  const name = match(NAME, text, at);
  if (name === null || name === 'lambda') return null;
  const end = at + name.length;
  const constant = Object.hasOwn(CONSTANTS, name) ? CONSTANTS[name] : undefined;
  if (constant !== undefined) return { value: constant, end };
  if (text[end] === '(') return call(text, name, end, depth);
  return postfix(text, { value: { kind: 'name', name }, end }, depth);
}

const KEYWORD = /[\p{L}_][\p{L}\p{N}_]*(?=[ \t\r\n]*=(?!=))/uy;

function call(text: string, name: string, at: number, depth: number): Parsed | null {
  const positional: Expression[] = [];
  const arguments_: [string, Expression][] = [];
  let next = skip(text, at + 1);
  while (text[next] !== ')') {
    const key = match(KEYWORD, text, next);
    const from = key === null ? next : skip(text, skip(text, next + key.length) + 1);
    const value = expression(text, from, depth + 1);
    if (value === null) return null;
    if (key === null) positional.push(value.value);
    else arguments_.push([key, value.value]);
    next = skip(text, value.end);
    if (text[next] === ',') next = skip(text, next + 1);
    else if (text[next] !== ')') return null;
  }
  const value = { kind: 'call', name, positional, named: arguments_ } as const;
  return postfix(text, { value, end: next + 1 }, depth);
}

/** Subscripts and attributes make something computed out of whatever they follow. */
function postfix(text: string, parsed: Parsed, depth: number): Parsed | null {
  if (depth > MAX_DEPTH) return null;
  const character = text[parsed.end];
  if (character === '[') {
    const index = list(text, parsed.end, depth + 1);
    return index === null ? null : { value: { kind: 'operation' }, end: index.end };
  }
  if (character === '.') {
    const rest = named(text, parsed.end + 1, depth + 1);
    return rest === null ? null : { value: { kind: 'operation' }, end: rest.end };
  }
  return parsed;
}
