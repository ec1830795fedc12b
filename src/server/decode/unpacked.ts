import { gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { RequestError } from '../http/problem.ts';

/** The encodings of a body that are known, as in `content-encoding`; '' and `identity` for none. */
const PLAIN = new Set(['', 'identity']);

/**
 * A body without its compression, which stops where it would be larger than `limit` bytes.
 * @throws RequestError 413, 415 for an unknown encoding, 400 for a body that is not in its encoding.
 */
export function unpacked(body: Uint8Array, encoding: string, limit: number): Uint8Array {
  if (PLAIN.has(encoding)) return body;
  const unpack = unpackerOf(encoding, body);
  try {
    return unpack(body, { maxOutputLength: limit });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
    const detail = `the body is not ${encoding}: ${message}`;
    throw new RequestError({ status: 400, code: 'bad_compression', detail }, { cause: error });
  }
}

/** Deflate is meant to be in a zlib wrapper; some clients leave it out. */
function unpackerOf(encoding: string, body: Uint8Array): typeof gunzipSync {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return gunzipSync;
    case 'deflate':
    case 'zlib':
      return ((body[0] ?? 0) & 0x0f) === 8 ? inflateSync : inflateRawSync;
    case 'zstd':
      return zstdDecompressSync as typeof gunzipSync;
    default:
      throw new RequestError({
        status: 415,
        code: 'unknown_encoding',
        detail: `the encoding ${encoding.slice(0, 40)} is not known; use gzip, deflate, zstd or none`,
      });
  }
}

export const tooLarge = (limit: number): RequestError =>
  new RequestError({
    status: 413,
    code: 'too_large',
    detail: `the body is larger than ${Math.round(limit / 1024 / 1024)} MiB after decompression; send smaller batches`,
  });
