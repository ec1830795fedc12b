import type { Json } from '../../contract/json.ts';
import { cleanJson } from '../../text/clean-json.ts';
import { jsonValues } from './json-values.ts';
import { byteStore, type Container, MEBIBYTE, type Sink } from './sink.ts';
import { utf8Text } from './utf8-text.ts';

const NEWLINE = 10;

/**
 * One JSON value a line. A broken line costs that line alone, and several values in one line are
 * read one by one; a line over `maxLine` bytes (64 MiB) is skipped without being held. Memory is
 * bounded by the longest line.
 * Lines are cut after decoding a whole piece: one decoder call and no copies a line.
 */
export function jsonLines(sink: Sink, firstLine = 1, maxLine: number = 64 * MEBIBYTE): Container {
  const decode = utf8Text(sink);
  const carry = byteStore();
  let line = firstLine;
  let skipping = false;

  const parse = (given: string, cut: boolean) => {
    if (isBlank(given)) return;
    const text = given.includes('\0') ? withoutPadding(given) : given;
    try {
      sink.value(cleanJson(JSON.parse(text)), line);
    } catch (error) {
      const comma = text.trimEnd();
      if (comma.endsWith(',')) {
        try {
          sink.value(cleanJson(JSON.parse(comma.slice(0, -1))), line);
          return;
        } catch {
          // The first error is the one to report.
        }
      }
      if (readParts(text, sink, line, cut)) return;
      if (cut) sink.broken('truncated_file', 'the file ends in the middle of this line', line);
      else if (text === '') sink.broken('broken_json', 'only NUL bytes', line);
      else sink.broken('broken_json', `not JSON: ${(error as Error).message}`, line);
    }
  };

  const keep = (bytes: Uint8Array) => {
    if (skipping || bytes.length === 0) return;
    carry.add(bytes);
    if (carry.size() <= maxLine) return;
    carry.clear();
    skipping = true;
    sink.broken('line_too_long', `longer than ${Math.round(maxLine / MEBIBYTE)} MiB`, line);
  };

  return {
    push(bytes) {
      const last = bytes.lastIndexOf(NEWLINE);
      if (last < 0) {
        keep(bytes);
        return;
      }
      let start = 0;
      if (skipping) {
        start = bytes.indexOf(NEWLINE) + 1;
        skipping = false;
        line++;
      }
      const text = decode(carry.take(bytes.subarray(start, last + 1)), line);
      let from = 0;
      for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
        parse(text.slice(from, to), false);
        line++;
        from = to + 1;
      }
      keep(bytes.subarray(last + 1));
    },
    end() {
      if (!skipping) parse(decode(carry.take(), line), true);
    },
  };
}

interface Parts {
  readonly values: readonly Json[];
  readonly broken: readonly { readonly code: string; readonly message: string }[];
}

/** Reads the values in a line that is not one value. False when there is none, and nothing was counted. */
function readParts(text: string, sink: Sink, line: number, cut: boolean): boolean {
  if (!/^\s*[{[]/.test(text.slice(0, 100))) return false;
  const whole = partsOf(text);
  const values = whole.values.length > 0 ? whole.values : valuesBehindBroken(text);
  if (values.length === 0) return false;
  for (const value of values) sink.value(value, line);
  for (const { code, message } of whole.broken)
    sink.broken(code === 'truncated_file' && !cut ? 'broken_json' : code, message, line);
  return true;
}

function partsOf(text: string): Parts {
  const values: Json[] = [];
  const broken: { code: string; message: string }[] = [];
  const parts = jsonValues({
    value: (value) => values.push(value),
    message: () => {},
    broken: (code, message) => broken.push({ code, message }),
    remark: () => {},
  });
  parts.push(new TextEncoder().encode(text));
  parts.end();
  return { values, broken };
}

const MOST_TRIES = 20;

/** The values that end the line after a broken one, each beginning with the same key as that. */
function valuesBehindBroken(text: string): readonly Json[] {
  const key = /^\s{0,20}\{\s{0,20}("[^"\\]{1,200}")\s{0,20}:/.exec(text)?.[1];
  if (key === undefined) return [];
  let at = text.indexOf(key);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    at = text.indexOf(key, at + key.length);
    if (at < 0) return [];
    const open = text.lastIndexOf('{', at);
    const before = text.slice(Math.max(0, open - 20), open).trimEnd();
    if (text.slice(open + 1, at).trim() !== '' || /[,:[]$/.test(before)) continue;
    const { values, broken } = partsOf(text.slice(open));
    if (broken.length === 0) return values;
  }
  return [];
}

/** Writers that crash leave NUL bytes where a piece of the file was not written. */
const withoutPadding = (text: string): string => text.replaceAll('\0', ' ').trim();

function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first === 0x7b) return false;
  return text.trim() === '';
}
