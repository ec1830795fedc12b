import { cleanJson } from '../../text/clean-json.ts';
import { type ElementForm, elementForm } from './json-recovery.ts';
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
  let form: ElementForm | null = null;

  const parse = (given: string, cut: boolean) => {
    if (isBlank(given)) return;
    const text = given.includes('\0') ? withoutPadding(given) : given;
    try {
      const value = cleanJson(JSON.parse(text));
      form ??= elementForm(value);
      sink.value(value, line);
    } catch (error) {
      if (readParts(text, { sink, line, form }, cut)) return;
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

interface LinePlace {
  readonly sink: Sink;
  readonly line: number;
  readonly form: ElementForm | null;
}

/** Reads the values in a line that is not one value. False when there is none, and nothing was counted. */
function readParts(text: string, { sink, line, form }: LinePlace, cut: boolean): boolean {
  if (!/^\s*[{[]/.test(text.slice(0, 100))) return false;
  let read = 0;
  const broken: [string, string][] = [];
  const parts = jsonValues(
    {
      ...sink,
      value(value) {
        read++;
        sink.value(value, line);
      },
      broken: (code, message) => broken.push([code, message]),
    },
    { form },
  );
  parts.push(new TextEncoder().encode(text));
  parts.end();
  if (read === 0 && broken.length < 2) return false;
  for (const [code, message] of broken)
    sink.broken(code === 'truncated_file' && !cut ? 'broken_json' : code, message, line);
  return true;
}

/** Writers that crash leave NUL bytes where a piece of the file was not written. */
const withoutPadding = (text: string): string => text.replaceAll('\0', ' ').trim();

function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first === 0x7b) return false;
  return text.trim() === '';
}
