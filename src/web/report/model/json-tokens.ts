import type { Json } from '../../../contract/json.ts';
import { type Mark, splitByQuotes } from '../../conversation/segments.ts';

export interface JsonToken {
  readonly kind: 'key' | 'string' | 'literal' | 'punctuation';
  readonly text: string;
  readonly mark: number | null;
}

/** Evidence inside the value: the quote is marked at the path `keys`. */
export interface JsonMark extends Mark {
  readonly keys: readonly string[];
}

const MAX_TOKENS = 3000;
const MAX_DEPTH = 40;

/** Pretty-prints a value as colored tokens, indented by two spaces, with evidence marked; ends with `…` if it is too large. */
export function jsonTokens(value: Json, marks: readonly JsonMark[]): JsonToken[] {
  const tokens: JsonToken[] = [];
  write(value, marks, 0, null, tokens);
  if (tokens.length < MAX_TOKENS) return tokens;
  return [...tokens.slice(0, MAX_TOKENS), { kind: 'punctuation', text: ' …', mark: null }];
}

function write(
  value: Json,
  marks: readonly JsonMark[],
  depth: number,
  inherited: number | null,
  out: JsonToken[],
): void {
  if (out.length >= MAX_TOKENS) return;
  const here = marks.find((mark) => mark.keys.length === depth);
  const mark = inherited ?? here?.number ?? null;
  if (typeof value === 'string') {
    writeString(value, inherited === null ? here : undefined, mark, out);
  } else if (value === null || typeof value !== 'object') {
    out.push({ kind: 'literal', text: String(value), mark });
  } else if (depth >= MAX_DEPTH) {
    out.push({ kind: 'punctuation', text: '…', mark });
  } else {
    writeItems(value, marks, depth, mark, out);
  }
}

function writeItems(
  value: Exclude<Json, string | number | boolean | null>,
  marks: readonly JsonMark[],
  depth: number,
  mark: number | null,
  out: JsonToken[],
): void {
  const list = Array.isArray(value);
  const entries = Object.entries(value) as [string, Json | undefined][];
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) {
    out.push({ kind: 'punctuation', text: `${open}${close}`, mark });
    return;
  }
  out.push({ kind: 'punctuation', text: open, mark });
  entries.forEach(([key, item], i) => {
    if (out.length >= MAX_TOKENS) return;
    out.push({ kind: 'punctuation', text: `${i > 0 ? ',' : ''}${line(depth + 1)}`, mark: null });
    if (!list) {
      out.push({ kind: 'key', text: JSON.stringify(key), mark });
      out.push({ kind: 'punctuation', text: ': ', mark });
    }
    const inside = marks.filter((candidate) => candidate.keys[depth] === key);
    write(item ?? null, inside, depth + 1, mark, out);
  });
  out.push({ kind: 'punctuation', text: `${line(depth)}${close}`, mark });
}

function writeString(
  value: string,
  here: JsonMark | undefined,
  mark: number | null,
  out: JsonToken[],
): void {
  const text = JSON.stringify(value);
  const quote = here === undefined ? '' : JSON.stringify(here.quote).slice(1, -1);
  if (here === undefined || quote === '' || !text.includes(quote)) {
    out.push({ kind: 'string', text, mark });
    return;
  }
  for (const segment of splitByQuotes(text, [{ number: here.number, quote }])) {
    out.push({ kind: 'string', text: segment.text, mark: segment.mark });
  }
}

const line = (depth: number): string => `\n${'  '.repeat(depth)}`;
