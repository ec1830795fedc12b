import type { Json } from '../../contract/json.ts';
import { cleanJson } from '../../text/clean-json.ts';
import { jsonLines } from './json-lines.ts';
import { byteStore, type Container, MEBIBYTE, type Sink } from './sink.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const COMMA = 0x2c;

/**
 * JSON spread over lines: one value, several after one another, or a list, whose elements come one by one,
 * so that a list of any length needs the memory of its longest element. A list of chat messages
 * comes as one value. An element over `maxValue` bytes (256 MiB) is skipped.
 * Text that never closes but has lines beginning with `{` is read again as JSON Lines.
 */
export function jsonValues(sink: Sink, maxValue: number = 256 * MEBIBYTE): Container {
  const decoder = new TextDecoder();
  const held = byteStore();
  let line = 1;
  let startLine = 1;
  let inList = false;
  let inValue = false;
  let inString = false;
  let escaped = false;
  let tooLarge = false;
  let depth = 0;
  let messages: Json[] = [];
  let messagesLine = 1;

  const finish = (last: Uint8Array) => {
    inValue = false;
    if (tooLarge) {
      tooLarge = false;
      return;
    }
    const text = decoder.decode(held.take(last));
    let value: Json;
    try {
      value = cleanJson(JSON.parse(text));
    } catch (error) {
      sink.broken('broken_json', `not JSON: ${(error as Error).message}`, startLine);
      return;
    }
    if (inList && isMessage(value)) {
      if (messages.length === 0) messagesLine = startLine;
      messages.push(value);
    } else {
      sink.value(value, startLine);
    }
  };

  const closeList = () => {
    inList = false;
    if (messages.length === 0) return;
    const whole = messages;
    messages = [];
    sink.value(whole, messagesLine);
  };

  const hold = (bytes: Uint8Array) => {
    if (tooLarge) return;
    held.add(bytes);
    if (held.size() <= maxValue) return;
    held.clear();
    tooLarge = true;
    sink.broken(
      'value_too_large',
      `one JSON value of more than ${Math.round(maxValue / MEBIBYTE)} MiB; write it as JSON Lines, for example with jq -c '.[]'`,
      startLine,
    );
  };

  return {
    push(bytes) {
      let start = inValue ? 0 : -1;
      for (let at = 0; at < bytes.length; at++) {
        const byte = bytes[at] as number;
        if (byte === NEWLINE) line++;
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) {
            inString = false;
            if (depth === 0) {
              finish(bytes.subarray(start, at + 1));
              start = -1;
            }
          }
        } else if (!inValue) {
          if (byte <= 0x20 || byte === COMMA) continue;
          if (byte === 0x5d && inList) {
            closeList();
          } else if (byte === 0x5b && !inList) {
            inList = true;
          } else {
            inValue = true;
            start = at;
            startLine = line;
            depth = byte === 0x7b || byte === 0x5b ? 1 : 0;
            inString = byte === QUOTE;
          }
        } else if (byte === QUOTE) {
          inString = true;
        } else if (byte === 0x7b || byte === 0x5b) {
          depth++;
        } else if (byte === 0x7d || byte === 0x5d) {
          if (depth === 0) {
            finish(bytes.subarray(start, at));
            start = -1;
            closeList();
          } else if (--depth === 0) {
            finish(bytes.subarray(start, at + 1));
            start = -1;
          }
        } else if (depth === 0 && (byte === COMMA || byte <= 0x20)) {
          finish(bytes.subarray(start, at));
          start = -1;
        }
      }
      if (inValue) hold(bytes.subarray(start));
    },
    end() {
      const rest = held.take();
      closeList();
      if (!inValue || tooLarge || rest.length === 0) return;
      if (hasObjectLine(rest)) {
        const lines = jsonLines(sink, startLine);
        lines.push(rest);
        lines.end();
      } else {
        sink.broken('truncated_file', 'the file ends in the middle of this value', startLine);
      }
    },
  };
}

function isMessage(value: Json): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'role' in value &&
    ('content' in value || 'parts' in value || 'tool_calls' in value) &&
    !('messages' in value)
  );
}

function hasObjectLine(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) {
    if (bytes[at + 1] === 0x7b) return true;
  }
  return false;
}
