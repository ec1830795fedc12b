import type { Json } from '../../contract/json.ts';
import { type Container, MEBIBYTE, type Sink } from './sink.ts';
import { delimiterOf } from './sniff-bytes.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;

/**
 * Rows of a table (RFC 4180; comma, semicolon or tab), each as an object of its cells under the names of the
 * header. Cells stay text; empty ones are null, but `""` is an empty text. Quotes inside unquoted cells and rows of another length are taken as they
 * are; a quote that never closes, or a row over `maxRow` characters (64 Mi), costs its own line alone.
 */
export function csvRows(sink: Sink, maxRow: number = 64 * MEBIBYTE): Container {
  const decoder = new TextDecoder();
  let rest = '';
  let line = 1;
  let header: readonly string[] | null = null;
  let delimiter = 0;

  const row = (cells: readonly (string | null)[]) => {
    if (cells.length === 1 && (cells[0] ?? '').trim() === '') return;
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
    sink.value(value, line);
  };

  const drain = (atEnd: boolean) => {
    let at = 0;
    if (delimiter === 0) {
      if (!atEnd && !rest.includes('\n')) return;
      delimiter = delimiterOf(firstLine(rest)).charCodeAt(0);
    }
    while (at < rest.length) {
      const record = recordAt(rest, at, delimiter, atEnd);
      if (record === null) {
        if (!atEnd && rest.length - at <= maxRow) break;
        const end = rest.indexOf('\n', at);
        if (end < 0 && !atEnd) break;
        sink.broken('broken_csv', 'a quote opened in this line is never closed', line);
        at = end < 0 ? rest.length : end + 1;
        line++;
        continue;
      }
      row(record.cells);
      line += record.lines;
      at = record.end;
    }
    rest = rest.slice(at);
  };

  return {
    push(bytes) {
      rest += decoder.decode(bytes, { stream: true });
      drain(false);
    },
    end() {
      rest += decoder.decode();
      drain(true);
    },
  };
}

const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype', '']);

interface Row {
  readonly cells: readonly (string | null)[];
  readonly end: number;
  readonly lines: number;
}

/** The row that begins at `start`, or null when the text ends before the row does. */
function recordAt(text: string, start: number, delimiter: number, atEnd: boolean): Row | null {
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
