export type ContainerKind =
  | 'json-lines'
  | 'json-values'
  | 'csv'
  | 'parquet'
  | 'otlp-protobuf'
  | 'length-prefixed'
  | 'multipart'
  | 'zip';

export type Sniffed =
  | { readonly kind: ContainerKind; readonly skip: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown'; readonly seen: string };

const NEWLINE = 10;
const OPEN_OBJECT = 0x7b;
const OPEN_LIST = 0x5b;

/**
 * The container of a file, from its first bytes. `head` is at least the first line or the whole file;
 * `skip` is the length of a byte order mark. An object with no line end within `maxLine` is one value.
 */
export function sniffBytes(head: Uint8Array, maxLine: number = 64 * 1024 * 1024): Sniffed {
  const skip = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  if (startsWith(head, 'PAR1')) return { kind: 'parquet', skip: 0 };
  if (startsWith(head, 'PK\u0003\u0004')) return { kind: 'zip', skip: 0 };
  if (isBinary(head) && !isPaddedText(head)) {
    if (isLengthPrefixed(head)) return { kind: 'length-prefixed', skip: 0 };
    if (head[0] === 0x0a) return { kind: 'otlp-protobuf', skip: 0 };
    return unknown(`binary data beginning with ${hexOf(head)}`);
  }
  const text = new TextDecoder().decode(head.subarray(skip)).replaceAll('\0', ' ');
  const start = text.search(/\S/);
  if (start < 0) return { kind: 'empty' };
  const kind = textKind(text.slice(start), head.length >= maxLine);
  return kind === null
    ? unknown(`text beginning with ${quoted(text.slice(start))}`)
    : { kind, skip };
}

function textKind(text: string, isLong: boolean): ContainerKind | null {
  const first = text.charCodeAt(0);
  const line = lineAt(text, 0);
  if (first === OPEN_OBJECT) {
    const isOneLine = line.length === text.length;
    return (isOneLine ? isLong : isPrettyPrinted(line)) ? 'json-values' : 'json-lines';
  }
  if (first === OPEN_LIST) {
    const next = text.slice(line.length).trimStart();
    return next.startsWith('[') && isJson(line) ? 'json-lines' : 'json-values';
  }
  if (text.startsWith('--') && text.slice(0, 400).includes('form-data')) return 'multipart';
  if (hasJsonLine(text)) return 'json-lines';
  return isHeader(line) ? 'csv' : null;
}

/** The first line opens more than it closes, and not because it was cut inside a string. */
function isPrettyPrinted(line: string): boolean {
  if (isJson(line)) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < line.length; at++) {
    const char = line.charCodeAt(at);
    if (inString) {
      if (char === 0x5c) at++;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === OPEN_OBJECT || char === OPEN_LIST) depth++;
    else if (char === 0x7d || char === 0x5d) depth--;
  }
  return depth > 0 && !inString;
}

function hasJsonLine(text: string): boolean {
  let from = text.indexOf('\n{');
  for (let tries = 0; from >= 0 && tries < 20; tries++) {
    if (isJson(lineAt(text, from + 1))) return true;
    from = text.indexOf('\n{', from + 1);
  }
  return false;
}

/** A header row: two or more short names, separated by commas, semicolons or tabs. */
function isHeader(line: string): boolean {
  if (line.length > 20_000) return false;
  const cells = line.split(delimiterOf(line)).map((cell) => cell.trim().replaceAll('"', ''));
  return cells.length > 1 && cells.every((cell) => /^[\p{L}\p{N}_ .:/()-]{0,100}$/u.test(cell));
}

export function delimiterOf(line: string): ',' | ';' | '\t' {
  const count = (char: string) => line.split(char).length;
  const tabs = count('\t');
  const semicolons = count(';');
  const commas = count(',');
  if (tabs > commas && tabs >= semicolons) return '\t';
  return semicolons > commas ? ';' : ',';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function lineAt(text: string, from: number): string {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.slice(from) : text.slice(from, end);
}

/** JSON or a table all the same: writers that crash leave NUL bytes between the lines. */
function isPaddedText(head: Uint8Array): boolean {
  let first = 0;
  while (head[first] === 0 || head[first] === NEWLINE) first++;
  if (head[first] === OPEN_OBJECT || head[first] === OPEN_LIST) return head[0] !== NEWLINE;
  const line = new TextDecoder().decode(head.subarray(0, 4096)).split('\n', 1)[0] ?? '';
  return first === 0 && !/\p{Cc}/u.test(line.trimEnd().replaceAll('\t', ' ')) && isHeader(line);
}

/** Text has no control characters but tab, newline, form feed and carriage return. */
function isBinary(head: Uint8Array): boolean {
  const end = Math.min(head.length, 4096);
  for (let at = 0; at < end; at++) {
    const byte = head[at] as number;
    if (byte < 0x20 && byte !== 9 && byte !== NEWLINE && byte !== 12 && byte !== 13) return true;
  }
  return false;
}

function isLengthPrefixed(head: Uint8Array): boolean {
  if (head.length < 6) return false;
  const length = new DataView(head.buffer, head.byteOffset).getUint32(0);
  const isZstd = head[4] === 0x28 && head[5] === 0xb5;
  return (head[4] === 0x0a || isZstd) && length > 1 && length <= 64 * 1024 * 1024;
}

function startsWith(head: Uint8Array, text: string): boolean {
  return [...text].every((char, at) => head[at] === char.charCodeAt(0));
}

function unknown(seen: string): Sniffed {
  return { kind: 'unknown', seen };
}

function hexOf(head: Uint8Array): string {
  return [...head.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
