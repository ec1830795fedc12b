import { byteStore } from './sink.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

/** Brackets deeper than this are counted but no longer matched with each other. */
const MATCHED_DEPTH = 1024;

/** Why a scan did not reach the end of the bytes it was given. */
export interface Stop {
  /** Where in the bytes. */
  readonly at: number;
  /** Not JSON; a bracket between values that nothing opened, which costs no value; or the events asked for it. */
  readonly reason: 'broken' | 'stray' | 'asked';
}

export interface ScanEvents {
  /** The bytes of one top-level value or of one element of a top-level list. False stops the scan behind it. */
  value(bytes: Uint8Array, line: number): boolean;
  listEnd(): void;
}

/**
 * Finds the top-level values of a JSON text, and the elements of a top-level list, in pieces of any
 * size. Brackets, commas and quotes are checked while scanning, so that a broken element is noticed
 * where it breaks and not at the end of the file.
 */
export class JsonScanner {
  line = 1;
  /** The line in which the value being read began. */
  startLine = 1;
  /** White space and other bytes before that value in its line. */
  startColumn = 0;
  inList = false;
  inValue = false;
  /** Bytes scanned before, and where among them the present line began. */
  #offset = 0;
  #lineStart = 0;
  readonly #events: ScanEvents;
  readonly #held = byteStore();
  readonly #isObject = new Uint8Array(MATCHED_DEPTH);
  #inString = false;
  #escaped = false;
  #depth = 0;
  /** The last byte of the value that is no white space; a quote stands for a whole string. */
  #previous = 0;

  constructor(events: ScanEvents) {
    this.#events = events;
  }

  /** Bytes held of a value that has not ended. */
  get heldSize(): number {
    return this.#held.size();
  }

  /** Everything held of the value, which is given up. */
  giveUp(): Uint8Array {
    this.inValue = false;
    this.#inString = false;
    this.#escaped = false;
    this.#depth = 0;
    return this.#held.take();
  }

  /** The next bytes to scan begin in this column of a line. */
  moveTo(column: number): void {
    this.#offset = column;
    this.#lineStart = 0;
  }

  /** Scans to the end of the bytes (null), or to the first reason to stop. */
  scan(bytes: Uint8Array): Stop | null {
    let start = this.inValue ? 0 : -1;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte === NEWLINE) {
        this.line++;
        this.#lineStart = this.#offset + at + 1;
      }
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) {
          this.#inString = false;
          if (this.#depth > 0) continue;
          if (!this.#finish(bytes, start, at + 1)) return { at: at + 1, reason: 'asked' };
          start = -1;
        }
        continue;
      }
      if (!this.inValue) {
        if (byte <= 0x20 || byte === COMMA) continue;
        if (byte === CLOSE_LIST && this.inList) {
          this.inList = false;
          this.#events.listEnd();
        } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) return { at, reason: 'stray' };
        else if (byte === OPEN_LIST && !this.inList) this.inList = true;
        else {
          this.#begin(byte);
          this.startColumn = this.#offset + at - this.#lineStart;
          start = at;
        }
        continue;
      }
      if (byte <= 0x20) {
        if (this.#depth > 0) continue;
        if (!this.#finish(bytes, start, at)) return { at: at + 1, reason: 'asked' };
        start = -1;
        continue;
      }
      if (byte === QUOTE || byte === OPEN_OBJECT || byte === OPEN_LIST) {
        if (!this.#mayOpen(byte)) {
          this.#held.add(bytes.subarray(start, at));
          return { at, reason: 'broken' };
        }
        if (byte === QUOTE) this.#inString = true;
        else this.#open(byte);
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (this.#depth === 0) {
          if (!this.#finish(bytes, start, at)) return { at, reason: 'asked' };
          start = -1;
          at--;
          continue;
        }
        if (!this.#closes(byte)) {
          this.#held.add(bytes.subarray(start, at));
          return { at, reason: 'broken' };
        }
        this.#depth--;
        if (this.#depth === 0) {
          if (!this.#finish(bytes, start, at + 1)) return { at: at + 1, reason: 'asked' };
          start = -1;
          continue;
        }
      } else if (this.#depth === 0 && byte === COMMA) {
        if (!this.#finish(bytes, start, at)) return { at, reason: 'asked' };
        start = -1;
        continue;
      }
      this.#previous = byte;
    }
    if (this.inValue) this.#held.add(bytes.subarray(start));
    this.#offset += bytes.length;
    return null;
  }

  #begin(byte: number): void {
    this.inValue = true;
    this.startLine = this.line;
    this.#depth = 0;
    this.#previous = byte;
    this.#inString = byte === QUOTE;
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#open(byte);
  }

  #finish(bytes: Uint8Array, start: number, end: number): boolean {
    this.inValue = false;
    return this.#events.value(this.#held.take(bytes.subarray(start, end)), this.startLine);
  }

  #open(byte: number): void {
    if (this.#depth < MATCHED_DEPTH) this.#isObject[this.#depth] = Number(byte === OPEN_OBJECT);
    this.#depth++;
  }

  #closes(byte: number): boolean {
    if (this.#depth > MATCHED_DEPTH) return true;
    return (this.#isObject[this.#depth - 1] === 1) === (byte === CLOSE_OBJECT);
  }

  /** A string or bracket follows what it may follow: `:` or, in a list, `[` and `,`; a key follows `{` or `,`. */
  #mayOpen(byte: number): boolean {
    if (this.#depth === 0) return false;
    if (this.#previous === COLON) return true;
    if (this.#previous !== COMMA && this.#previous !== OPEN_LIST && this.#previous !== OPEN_OBJECT)
      return false;
    if (this.#depth > MATCHED_DEPTH) return true;
    const inObject = this.#isObject[this.#depth - 1] === 1;
    return inObject ? byte === QUOTE : this.#previous !== OPEN_OBJECT;
  }
}
