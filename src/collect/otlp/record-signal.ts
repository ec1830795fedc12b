import {
  FIXED32,
  FIXED64,
  LENGTH,
  readTag,
  skipField,
  VARINT,
  type WireReader,
} from './wire-reader.ts';

/**
 * Whether a record is a span or a log record, which share their outer field numbers. Decided by the wire
 * types of the fields (a span starts with a 16-byte id, a log record with a fixed64 time); null when they do not decide it.
 */
export function recordSignal(reader: WireReader, stop: number): 'span' | 'log' | null {
  const start = reader.position;
  let signal: 'span' | 'log' | null = null;
  while (signal === null && reader.position < stop) {
    const tag = readTag(reader, stop);
    signal = SIGNALS.get(tag) ?? null;
    skipField(reader, tag & 7, stop);
  }
  reader.position = start;
  return signal;
}

/** Tags that only one of the two messages has. */
const SIGNALS: ReadonlyMap<number, 'span' | 'log'> = new Map([
  [(1 << 3) | LENGTH, 'span'],
  [(2 << 3) | LENGTH, 'span'],
  [(4 << 3) | LENGTH, 'span'],
  [(7 << 3) | FIXED64, 'span'],
  [(8 << 3) | FIXED64, 'span'],
  [(10 << 3) | VARINT, 'span'],
  [(11 << 3) | LENGTH, 'span'],
  [(13 << 3) | LENGTH, 'span'],
  [(15 << 3) | LENGTH, 'span'],
  [(16 << 3) | FIXED32, 'span'],
  [(1 << 3) | FIXED64, 'log'],
  [(2 << 3) | VARINT, 'log'],
  [(7 << 3) | VARINT, 'log'],
  [(8 << 3) | FIXED32, 'log'],
  [(10 << 3) | LENGTH, 'log'],
  [(11 << 3) | FIXED64, 'log'],
  [(12 << 3) | LENGTH, 'log'],
]);
