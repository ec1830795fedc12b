import type { Json } from '../../contract/json.ts';
import { isRecord } from '../../text/json.ts';

const QUOTE = 0x22;
const NEWLINE = 0x0a;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;

/** How the elements of a list begin, learned from a sound one: where a list breaks, the next such place is looked for. */
export interface ElementForm {
  /** The first key with its quotes, as bytes. */
  readonly firstKey: Uint8Array;
  readonly keys: ReadonlySet<string>;
}

export function elementForm(value: Json): ElementForm | null {
  if (!isRecord(value)) return null;
  const keys = Object.keys(value);
  const [first] = keys;
  if (first === undefined) return null;
  return { firstKey: new TextEncoder().encode(JSON.stringify(first)), keys: new Set(keys) };
}

const LONGEST_KEY = 400;

/** The form of a broken object, as far as its first key tells it. */
export function firstKeyForm(bytes: Uint8Array): ElementForm | null {
  const text = new TextDecoder().decode(bytes.subarray(0, LONGEST_KEY));
  const key = /^\s{0,20}\{\s{0,200}("(?:[^"\\\n]|\\.){1,200}")/.exec(text)?.[1];
  return key === undefined ? null : { firstKey: new TextEncoder().encode(key), keys: new Set() };
}

/** Whether a value has at least half of the keys of a sound element; what merely stood inside one has not. */
export function isLikeElement(value: Json, form: ElementForm | null): boolean {
  if (form === null) return true;
  if (!isRecord(value)) return false;
  let shared = 0;
  for (const key of form.keys) if (Object.hasOwn(value, key)) shared++;
  return shared * 2 >= form.keys.size;
}

/**
 * Where the next element may begin, at or after `from`: `{`, the first key of the others and `:`, which no string
 * can hold, because quotes are escaped there. Before any element was sound: `{` in a later line and in the same
 * column as the broken one. -1 when there is none.
 */
export function nextElement(
  bytes: Uint8Array,
  from: number,
  form: ElementForm | null,
  column: number,
): number {
  if (form === null) return nextInColumn(bytes, from, column);
  for (let at = indexOf(bytes, form.firstKey, from); at >= 0; ) {
    const before = skipBack(bytes, at - 1);
    const after = skipOn(bytes, at + form.firstKey.length);
    if (before >= from && bytes[before] === OPEN_OBJECT && bytes[after] === COLON) return before;
    at = indexOf(bytes, form.firstKey, at + 1);
  }
  return -1;
}

function nextInColumn(bytes: Uint8Array, from: number, column: number): number {
  for (let at = bytes.indexOf(NEWLINE, from); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) {
    const first = at + 1 + column;
    if (bytes[first] === OPEN_OBJECT && skipOn(bytes, at + 1) === first) return first;
  }
  return -1;
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(QUOTE, from); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) {
    let matched = 1;
    while (matched < wanted.length && bytes[at + matched] === wanted[matched]) matched++;
    if (matched === wanted.length) return at;
  }
  return -1;
}

/** White space between tokens that is worth looking through. */
const MOST_BLANKS = 200;

function skipBack(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at > from - MOST_BLANKS && (bytes[at] ?? 0x21) <= 0x20) at--;
  return at;
}

function skipOn(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < from + MOST_BLANKS && (bytes[at] ?? 0x21) <= 0x20) at++;
  return at;
}
