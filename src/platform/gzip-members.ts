import { crc32, createInflateRaw } from 'node:zlib';
import { CompressedFrame } from './compressed-frame.ts';

const CHUNK_BYTES = 256 * 1024;
/** Longer names and comments are none that a program writes. */
const MAX_HEADER = 256 * 1024;
const TRAILER_BYTES = 8;

/**
 * The content of every member of a gzip stream, one after another (RFC 1952); zero bytes after one are padding. Unlike
 * `createGunzip`, all that comes before damage or before other text is given out first.
 * @throws Error with the code `Z_DATA_ERROR` for damage and for text after a member, `Z_BUF_ERROR` for an early end.
 */
export async function* gzipMembers(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = raw[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  const more = async (): Promise<boolean> => {
    const next = await pieces.next();
    if (next.done) return false;
    rest = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
    return true;
  };
  /** Bytes of the stream itself; returns when it is over. */
  async function* member(): AsyncGenerator<Uint8Array, { crc: number; size: number }> {
    const frame = new CompressedFrame(createInflateRaw({ chunkSize: CHUNK_BYTES }));
    let crc = 0;
    let size = 0;
    try {
      for (;;) {
        const writing = frame.write(rest);
        let step = await writing.next();
        for (; !step.done; step = await writing.next()) {
          crc = crc32(step.value, crc);
          size += step.value.length;
          yield step.value;
        }
        rest = rest.subarray(step.value);
        if (rest.length > 0) return { crc, size };
        if (!(await more())) throw damage('Z_BUF_ERROR');
      }
    } finally {
      frame.close();
    }
  }
  try {
    for (let isFirst = true; ; isFirst = false) {
      let start = headerEnd(rest);
      while (start === null && (await more())) start = headerEnd(rest);
      if (!isFirst && (await onlyZeros())) return;
      if (start === null) throw damage('Z_BUF_ERROR');
      rest = rest.subarray(start);
      if (rest.length === 0 && !(await more())) throw damage('Z_BUF_ERROR');
      const { crc, size } = yield* member();
      while (rest.length < TRAILER_BYTES) if (!(await more())) throw damage('Z_BUF_ERROR');
      const trailer = new DataView(rest.buffer, rest.byteOffset, TRAILER_BYTES);
      if (trailer.getUint32(0, true) !== crc || trailer.getUint32(4, true) !== size % 2 ** 32)
        throw damage('Z_DATA_ERROR');
      rest = rest.subarray(TRAILER_BYTES);
    }
  } finally {
    await pieces.return?.();
  }

  /** Whether nothing but padding follows. */
  async function onlyZeros(): Promise<boolean> {
    for (;;) {
      if (rest.some((byte) => byte !== 0)) return false;
      rest = new Uint8Array(0);
      if (!(await more())) return true;
    }
  }
}

/** Where the header of a member ends; null when more bytes are needed. Throws for anything else. */
function headerEnd(bytes: Uint8Array): number | null {
  if (bytes[0] === 0) return 0;
  if (bytes.length < 10) {
    if (bytes.length > 0 && bytes[0] !== 0x1f) throw damage('Z_DATA_ERROR');
    return null;
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) throw damage('Z_DATA_ERROR');
  const flags = bytes[3] as number;
  let at = 10;
  if (flags & 4) {
    if (bytes.length < 12) return null;
    at += 2 + (bytes[10] as number) + 256 * (bytes[11] as number);
  }
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0 && bytes.length > MAX_HEADER) throw damage('Z_DATA_ERROR');
    if (end < 0) return null;
    at = end + 1;
  }
  if (flags & 2) at += 2;
  return at <= bytes.length ? at : null;
}

const damage = (code: 'Z_DATA_ERROR' | 'Z_BUF_ERROR'): Error =>
  Object.assign(new Error('damaged gzip'), { code });
