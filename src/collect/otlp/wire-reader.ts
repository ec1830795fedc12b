/** Position in a protobuf body. Reads are checked against the end of the enclosing message. */
export interface WireReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  position: number;
}

/** The body breaks the wire format; `message` says where and how. */
export class WireError extends Error {}

export const VARINT = 0;
export const FIXED64 = 1;
export const LENGTH = 2;
export const FIXED32 = 5;

export function wireReader(bytes: Uint8Array): WireReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes, view, position: 0 };
}

/** Field tag: number × 8 + wire type. */
export function readTag(reader: WireReader, end: number): number {
  const tag = readVarint(reader, end);
  if (tag < 8 || tag > 0xffffffff) fail(reader, 'field number out of range');
  return tag;
}

/** Unsigned varint; exact to 2^53, larger values come rounded. */
export function readVarint(reader: WireReader, end: number): number {
  const { bytes } = reader;
  let value = 0;
  let scale = 1;
  for (let count = 0; count < 10; count++) {
    if (reader.position >= end) fail(reader, 'number cut short');
    const byte = bytes[reader.position++] as number;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
    scale *= 128;
  }
  return fail(reader, 'number longer than 10 bytes');
}

/** Signed 64-bit varint: a number when it is exact, its decimal text otherwise. */
export function readInt64(reader: WireReader, end: number): number | string {
  const start = reader.position;
  const value = readVarint(reader, end);
  if (value <= Number.MAX_SAFE_INTEGER) return value;
  let exact = 0n;
  for (let at = start, shift = 0n; at < reader.position; at++, shift += 7n) {
    exact |= BigInt((reader.bytes[at] as number) & 0x7f) << shift;
  }
  const signed = BigInt.asIntN(64, exact);
  const number = Number(signed);
  return Number.isSafeInteger(number) ? number : signed.toString();
}

/** A fixed64 count of nanoseconds as epoch milliseconds; null for 0. */
export function readTime(reader: WireReader, end: number): number | null {
  const start = advance(reader, 8, end);
  const nanos = reader.view.getBigUint64(start, true);
  return nanos === 0n ? null : Number(nanos / 1_000_000n) + Number(nanos % 1_000_000n) / 1e6;
}

export function readDouble(reader: WireReader, end: number): number {
  const start = advance(reader, 8, end);
  return reader.view.getFloat64(start, true);
}

/** Reads a length and returns where that many bytes end, after checking that the message holds that many. */
export function readLength(reader: WireReader, end: number): number {
  const length = readVarint(reader, end);
  if (length > end - reader.position) fail(reader, `length ${length} runs past the end`);
  return reader.position + length;
}

export function readBytes(reader: WireReader, end: number): Uint8Array {
  const stop = readLength(reader, end);
  const bytes = reader.bytes.subarray(reader.position, stop);
  reader.position = stop;
  return bytes;
}

/** Skips a field of any wire type except groups, which OTLP does not use. */
export function skipField(reader: WireReader, wireType: number, end: number): void {
  switch (wireType) {
    case VARINT:
      readVarint(reader, end);
      return;
    case FIXED64:
      advance(reader, 8, end);
      return;
    case LENGTH:
      reader.position = readLength(reader, end);
      return;
    case FIXED32:
      advance(reader, 4, end);
      return;
    default:
      fail(reader, `wire type ${wireType}`);
  }
}

function advance(reader: WireReader, count: number, end: number): number {
  const start = reader.position;
  if (end - start < count) fail(reader, 'value cut short');
  reader.position = start + count;
  return start;
}

function fail(reader: WireReader, what: string): never {
  throw new WireError(`${what} at byte ${reader.position}`);
}
