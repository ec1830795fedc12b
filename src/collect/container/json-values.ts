import type { Json } from '../../contract/json.ts';
import { cleanJson } from '../../text/clean-json.ts';
import {
  type ElementForm,
  elementForm,
  firstKeyForm,
  isLikeElement,
  nextElement,
} from './json-recovery.ts';
import { JsonScanner, type Stop } from './json-scanner.ts';
import { type Container, MEBIBYTE, type Sink } from './sink.ts';
import { utf8Text } from './utf8-text.ts';

const NEWLINE = 0x0a;
/** Bytes kept while looking for the next element: more than its brace and first key. */
const TAIL = 1024;
/** Bytes that may be scanned again after faults, for each byte of the file. */
const RESCANS = 8;

/**
 * JSON spread over lines: one value, several after one another, or a list, whose elements come one by one,
 * so that a list of any length needs the memory of its longest element. A list of chat messages
 * comes as one value. An element over `maxValue` bytes (256 MiB) is skipped.
 * A broken element costs itself: reading goes on with the next object that begins like a sound one.
 */
export function jsonValues(sink: Sink, maxValue: number = 256 * MEBIBYTE): Container {
  const decode = utf8Text(sink);
  let messages: Json[] = [];
  let messagesLine = 1;
  let form: ElementForm | null = null;
  /** After a fault: looking for the next element, then reading it and not sure yet that it is one. */
  let state: 'sure' | 'seeking' | 'unsure' = 'sure';
  let wasInList = false;
  let column = 0;
  let tail = new Uint8Array(0);
  let total = 0;
  let rescanned = 0;

  /** A broken value is one that is missed, unless it merely looked like the beginning of one. */
  const isElement = (): boolean => state === 'sure' || form === null;

  const take = (value: Json, line: number) => {
    form ??= elementForm(value);
    if (scanner.inList && isMessage(value)) {
      if (messages.length === 0) messagesLine = line;
      messages.push(value);
    } else {
      sink.value(value, line);
    }
  };

  const scanner = new JsonScanner({
    value(bytes, line) {
      let value: Json;
      try {
        value = cleanJson(JSON.parse(decode(bytes, line)));
      } catch (error) {
        if (isElement()) sink.broken('broken_json', `not JSON: ${(error as Error).message}`, line);
        return state === 'sure';
      }
      if (state === 'unsure' && !isLikeElement(value, form)) return false;
      if (state === 'unsure') scanner.inList = wasInList;
      state = 'sure';
      take(value, line);
      return true;
    },
    listEnd() {
      if (messages.length === 0 || state !== 'sure') return;
      const whole = messages;
      messages = [];
      sink.value(whole, messagesLine);
    },
  });

  /** The bytes to scan next, from where an element may begin; null when more have to come. */
  const seek = (bytes: Uint8Array): Uint8Array | null => {
    const found = nextElement(bytes, 0, form, column);
    const end = found < 0 ? Math.max(0, bytes.length - TAIL) : found;
    for (let at = bytes.indexOf(NEWLINE); at >= 0 && at < end; at = bytes.indexOf(NEWLINE, at + 1))
      scanner.line++;
    if (found < 0) {
      tail = bytes.slice(end);
      return null;
    }
    state = 'unsure';
    scanner.moveTo(
      bytes.lastIndexOf(NEWLINE, found) < 0 ? 0 : found - bytes.lastIndexOf(NEWLINE, found) - 1,
    );
    return bytes.subarray(found);
  };

  /** Gives the value up and looks for the next one behind its first byte, where its own structure may have led astray. */
  const lose = (rest: Uint8Array): Uint8Array => {
    const line = scanner.startLine;
    const bytes = joined(scanner.giveUp(), rest);
    scanner.line = line;
    if (state === 'sure') {
      wasInList = scanner.inList;
      column = scanner.startColumn;
    }
    state = 'seeking';
    if (wasInList) form ??= guessedForm(bytes);
    rescanned += bytes.length;
    return bytes.subarray(1);
  };

  const stopped = ({ at, reason }: Stop, bytes: Uint8Array): Uint8Array | null => {
    if (reason === 'asked') {
      state = 'seeking';
      return bytes.subarray(at);
    }
    if (reason === 'stray') {
      if (state === 'sure')
        sink.broken('broken_json', 'a bracket that nothing opened', scanner.line);
      return bytes.subarray(at + 1);
    }
    if (isElement())
      sink.broken('broken_json', 'not JSON: this value breaks off', scanner.startLine);
    if (rescanned > RESCANS * total + MEBIBYTE) {
      scanner.giveUp();
      sink.broken('broken_json', 'too broken to find the values that follow', scanner.line);
      return null;
    }
    return lose(bytes.subarray(at));
  };

  const read = (bytes: Uint8Array) => {
    for (let next: Uint8Array | null = bytes; next !== null; ) {
      if (state === 'seeking') next = seek(next);
      if (next === null) return;
      const stop = scanner.scan(next);
      next = stop === null ? null : stopped(stop, next);
    }
  };

  return {
    push(bytes) {
      total += bytes.length;
      const whole = state === 'seeking' ? joined(tail, bytes) : bytes;
      tail = new Uint8Array(0);
      read(whole);
      if (scanner.heldSize <= maxValue) return;
      sink.broken(
        'value_too_large',
        `one JSON value of more than ${Math.round(maxValue / MEBIBYTE)} MiB; write it as JSON Lines, for example with jq -c '.[]'`,
        scanner.startLine,
      );
      read(lose(new Uint8Array(0)));
    },
    end() {
      while (scanner.inValue && scanner.heldSize > 0) {
        const { startLine: line } = scanner;
        if (isElement())
          sink.broken('truncated_file', 'the file ends in the middle of this value', line);
        if (rescanned > RESCANS * total + MEBIBYTE) break;
        read(lose(new Uint8Array(0)));
      }
      if (messages.length > 0) sink.value(messages, messagesLine);
    },
  };
}

const MOST_GUESSES = 20;

/**
 * How elements look where the first is broken: of the objects behind it that begin with the same key,
 * the one with the most keys, since what merely stands inside an element has fewer.
 */
function guessedForm(bytes: Uint8Array): ElementForm | null {
  const own = firstKeyForm(bytes);
  if (own === null) return null;
  let best: ElementForm | null = null;
  let at = nextElement(bytes, 1, own, 0);
  for (let guesses = 0; at >= 0 && guesses < MOST_GUESSES; guesses++) {
    const form = elementForm(firstValue(bytes.subarray(at)));
    if (form !== null && form.keys.size > (best?.keys.size ?? 1)) best = form;
    at = nextElement(bytes, at + 1, own, 0);
  }
  return best;
}

function firstValue(bytes: Uint8Array): Json {
  let value: Json = null;
  new JsonScanner({
    value(found) {
      try {
        value = JSON.parse(new TextDecoder().decode(found)) as Json;
      } catch {
        // Broken as well: no example.
      }
      return false;
    },
    listEnd() {},
  }).scan(bytes);
  return value;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
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
