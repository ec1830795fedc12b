import { cleanJson } from '../../text/clean-json.ts';
import { lineValues } from './json-line-values.ts';
import { byteStore, type Container, MEBIBYTE, type Sink } from './sink.ts';

const NEWLINE = 10;

/**
 * One JSON value a line, or several after one another. A broken line costs that line alone; a line over `maxLine` bytes (64 MiB) is
 * skipped without being held. Memory is bounded by the longest line.
 * Lines are cut after decoding a whole piece: one decoder call and no copies a line.
 */
export function jsonLines(sink: Sink, firstLine = 1, maxLine: number = 64 * MEBIBYTE): Container {
  const decoder = new TextDecoder();
  const carry = byteStore();
  let line = firstLine;
  let skipping = false;

  const parse = (text: string, cut: boolean) => {
    if (isBlank(text)) return;
    let value: unknown;
    try {
      value = JSON.parse(text);
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
      const { values, rest } = lineValues(text);
      for (const each of values) sink.value(each, line);
      if (values.length > 0 && rest.trim() === '') return;
      if (cut) sink.broken('truncated_file', 'the file ends in the middle of this line', line);
      else sink.broken('broken_json', `not JSON: ${(error as Error).message}`, line);
      return;
    }
    sink.value(cleanJson(value), line);
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
      const text = decoder.decode(carry.take(bytes.subarray(start, last + 1)));
      let from = 0;
      for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
        parse(text.slice(from, to), false);
        line++;
        from = to + 1;
      }
      keep(bytes.subarray(last + 1));
    },
    end() {
      if (!skipping) parse(decoder.decode(carry.take()), true);
    },
  };
}

function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first === 0x7b) return false;
  return text.trim() === '';
}
