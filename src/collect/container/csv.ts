import type { Json } from '../../contract/json.ts';
import { byteStore, type Container, MEBIBYTE, type Sink } from './sink.ts';
import { delimiterOf } from './sniff-bytes.ts';
import { utf8Text } from './utf8-text.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;

/** Rows given on in one step, so that traces can be taken before the next. */
const ROWS_PER_STEP = 2_000;

/**
 * Rows of a table (RFC 4180; comma, semicolon or tab), each as an object of its cells under the names of the
 * header. Cells stay text; empty ones are null, but `""` is an empty text. Quotes inside unquoted cells and rows of another length are taken as they
 * are. A quote that never closes, or that closes in a later line in the middle of a cell, and a row over
 * `maxRow` characters (32 Mi) cost their own line alone.
 */
export function csvRows(sink: Sink, maxRow: number = 32 * MEBIBYTE): Container {
  const decode = utf8Text(sink);
  const carry = byteStore();
  let rest = '';
  let at = 0;
  let line = 1;
  let decodedLine = 1;
  let atEnd = false;
  let header: readonly string[] | null = null;
  let delimiter = 0;

  const row = (cells: readonly (string | null)[], lines: number) => {
    if (cells.every((cell) => cell === null || (cells.length === 1 && cell.trim() === ''))) return;
    if (header === null) {
      header = cells.map((cell) => (cell ?? '').trim());
      return;
    }
    const value: Record<string, Json> = {};
    for (const [index, name] of header.entries()) {
      if (!PROTOTYPE_KEYS.has(name)) value[name] = cells[index] ?? null;
    }
    if (cells.length > header.length) {
      sink.broken('long_row', `${cells.length} cells under ${header.length} columns`, line);
    }
    const swallowed = lines > 3 ? rowsInCell(cells, delimiter, header.length) : 0;
    if (swallowed > 0)
      sink.remark(
        'rows_in_cell',
        `a cell that holds ${swallowed} lines like rows; is a quote missing?`,
        line,
      );
    sink.value(value, line);
  };

  const drain = (): boolean => {
    if (delimiter === 0) {
      if (!atEnd && !rest.includes('\n')) return false;
      delimiter = delimiterOf(firstLine(rest)).charCodeAt(0);
    }
    for (let rows = 0; at < rest.length; rows++) {
      if (rows === ROWS_PER_STEP) return true;
      const record = recordAt(rest, at, delimiter, atEnd);
      if (record === null || record === 'stray quote') {
        if (record === null && !atEnd && rest.length - at <= maxRow) break;
        const end = rest.indexOf('\n', at);
        if (end < 0 && !atEnd) break;
        sink.broken(
          'broken_csv',
          'a quote opened in this line is not closed as it should be',
          line,
        );
        at = end < 0 ? rest.length : end + 1;
        line++;
        continue;
      }
      row(record.cells, record.lines);
      line += record.lines;
      at = record.end;
    }
    rest = rest.slice(at);
    at = 0;
    return false;
  };

  const take = (bytes: Uint8Array) => {
    rest = rest.slice(at) + decode(bytes, decodedLine);
    at = 0;
    decodedLine += newlinesOf(bytes);
  };

  return {
    push(bytes) {
      const last = bytes.lastIndexOf(NEWLINE);
      if (last >= 0) take(carry.take(bytes.subarray(0, last + 1)));
      carry.add(bytes.subarray(last + 1));
      if (carry.size() > maxRow) take(carry.take());
    },
    end() {
      take(carry.take());
      atEnd = true;
    },
    step: drain,
  };
}

/** How many lines of a cell look like rows of the table; 0 unless all between its first and last do. */
function rowsInCell(cells: readonly (string | null)[], delimiter: number, columns: number): number {
  const char = String.fromCharCode(delimiter);
  for (const cell of cells) {
    if (columns < 2 || cell === null || !cell.includes('\n')) continue;
    const inner = cell.split('\n').slice(1, -1);
    if (inner.length > 1 && inner.every((text) => text.split(char).length === columns))
      return inner.length;
  }
  return 0;
}

function newlinesOf(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype', '']);

interface Row {
  readonly cells: readonly (string | null)[];
  readonly end: number;
  readonly lines: number;
}

/**
 * The row that begins at `start`; null when the text ends before the row does, and `stray quote` when
 * a quoted cell goes over lines and is then followed by more text, which no writer of tables does.
 */
function recordAt(
  text: string,
  start: number,
  delimiter: number,
  atEnd: boolean,
): Row | 'stray quote' | null {
  const cells: (string | null)[] = [];
  let lines = 1;
  let at = start;
  for (;;) {
    let cell: string | null = null;
    if (text.charCodeAt(at) === QUOTE) {
      const close = closingQuote(text, at + 1);
      if (close < 0 || (close + 1 === text.length && !atEnd)) return null;
      cell = text.slice(at + 1, close);
      if (cell.includes('"')) cell = cell.replaceAll('""', '"');
      lines += newlinesIn(cell);
      at = close + 1;
    }
    const from = at;
    while (at < text.length) {
      const char = text.charCodeAt(at);
      if (char === delimiter || char === NEWLINE) break;
      at++;
    }
    if (at === text.length && !atEnd) return null;
    const isLast = at === text.length || text.charCodeAt(at) === NEWLINE;
    const end = isLast && at > from && text.charCodeAt(at - 1) === RETURN ? at - 1 : at;
    if (end > from && cell?.includes('\n')) return 'stray quote';
    cells.push(end > from ? (cell ?? '') + text.slice(from, end) : cell);
    at++;
    if (isLast) return { cells, end: at, lines };
  }
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2);
  return at;
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}
