import { readLength, type WireReader } from './wire-reader.ts';

/** UTF-8 field; invalid sequences become U+FFFD. */
export function readText(reader: WireReader, end: number): string {
  const stop = readLength(reader, end);
  const start = reader.position;
  reader.position = stop;
  if (stop - start > SHORT) return DECODER.decode(reader.bytes.subarray(start, stop));
  return shortText(reader.bytes, start, stop);
}

/** Lower-case hex of an id field. */
export function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += HEX[byte];
  return hex;
}

/** Up to this length a byte loop is faster than the decoder. */
const SHORT = 48;
const TABLE_SIZE = 1024;
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** Attribute keys repeat thousands of times: one shared string each saves decoding and hashing. */
const seen: (string | undefined)[] = new Array(TABLE_SIZE);

function shortText(bytes: Uint8Array, start: number, stop: number): string {
  let hash = stop - start;
  for (let at = start; at < stop; at++) {
    const byte = bytes[at] as number;
    if (byte > 0x7f) return DECODER.decode(bytes.subarray(start, stop));
    hash = (Math.imul(hash, 31) + byte) | 0;
  }
  const slot = (hash >>> 0) % TABLE_SIZE;
  const known = seen[slot];
  if (known !== undefined && isSame(known, bytes, start, stop)) return known;
  const text = DECODER.decode(bytes.subarray(start, stop));
  seen[slot] = text;
  return text;
}

function isSame(text: string, bytes: Uint8Array, start: number, stop: number): boolean {
  if (text.length !== stop - start) return false;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) !== bytes[start + at]) return false;
  }
  return true;
}
