import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';

export interface BodyLimits {
  /** Bytes of a body after decompression. */
  readonly body: number;
  /** Bytes of all bodies that are being worked on. */
  readonly bodies: number;
}

export const BODY_LIMITS: BodyLimits = { body: 64 * 1024 * 1024, bodies: 64 * 1024 * 1024 };

/** Why a body was not read. `gone`: nobody waits for an answer any more. */
export interface BodyRefusal {
  readonly status: 400 | 408 | 413 | 415 | 429;
  readonly code: 'gone' | 'bad_compression' | 'too_large' | 'unknown_encoding' | 'busy';
  readonly message: string;
}

/** Reads bodies of requests, decompressed, within limits. */
export interface BodyReader {
  /** Works on the whole body; its bytes count as being worked on until `work` is done. */
  withBody<Result>(
    request: IncomingMessage,
    work: (body: Uint8Array) => Promise<Result>,
  ): Promise<Result | BodyRefusal>;
  readonly bytes: () => number;
}

export function bodyReader(limits: BodyLimits): BodyReader {
  let inWork = 0;

  /** Counts bytes as they come, so that a small body that unpacks to a large one is stopped on the way. */
  const read = (request: IncomingMessage, count: (bytes: number) => void): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      const pieces: Buffer[] = [];
      let size = 0;
      const take = (piece: Buffer): void => {
        size += piece.length;
        count(piece.length);
        if (size > limits.body) stop(tooLarge(limits.body));
        else if (inWork > limits.bodies && inWork > size) stop(BUSY);
        else pieces.push(piece);
      };
      const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
      const isPlain = encoding === 'identity' || encoding === '';
      let unpack: Transform | null = null;
      let isStopped = false;
      const stop = (refusal: BodyRefusal): void => {
        isStopped = true;
        request.off('data', onData);
        unpack?.destroy();
        // The rest is read and thrown away: a client that is cut off while it sends takes that for a fault of the network.
        request.resume();
        const answer = (): void => reject(refusal);
        if (request.readableEnded || request.destroyed) answer();
        else for (const event of ['end', 'close']) request.once(event, answer);
      };
      const onData = (piece: Buffer): void => {
        if (isPlain) {
          take(piece);
          return;
        }
        unpack ??= begin(piece);
        if (unpack !== null && !unpack.write(piece)) {
          request.pause();
          unpack.once('drain', () => request.resume());
        }
      };
      const begin = (first: Buffer): Transform | null => {
        const made = unpackerOf(encoding, first);
        if (made === null) {
          stop(unknownEncoding(encoding));
          return null;
        }
        made.on('data', take);
        made.on('end', () => resolve(Buffer.concat(pieces, size)));
        made.on('error', (error) => stop(badCompression(encoding, error)));
        return made;
      };
      request.on('data', onData);
      request.on('end', () => {
        if (isStopped) return;
        if (unpack !== null) unpack.end();
        else resolve(Buffer.concat(pieces, size));
      });
      request.on('aborted', () => stop(GONE));
      request.on('error', () => stop(GONE));
    });

  return {
    bytes: () => inWork,
    async withBody(request, work) {
      if (inWork >= limits.bodies) {
        request.resume();
        return BUSY;
      }
      let counted = 0;
      try {
        const body = await read(request, (bytes) => {
          counted += bytes;
          inWork += bytes;
        });
        return await work(body);
      } catch (refusal) {
        if (isRefusal(refusal)) return refusal;
        throw refusal;
      } finally {
        inWork -= counted;
      }
    },
  };
}

export const isRefusal = (value: unknown): value is BodyRefusal =>
  typeof value === 'object' && value !== null && 'status' in value && 'code' in value;

/** Deflate is meant to be in a zlib wrapper; some clients leave it out. */
function unpackerOf(encoding: string, first: Buffer): Transform | null {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
    case 'zlib':
      return (first[0]! & 0x0f) === 8 ? createInflate() : createInflateRaw();
    case 'zstd':
      return createZstdDecompress();
    default:
      return null;
  }
}

const BUSY: BodyRefusal = {
  status: 429,
  code: 'busy',
  message: 'too many bytes are being received; send again in a second',
};
const GONE: BodyRefusal = { status: 400, code: 'gone', message: 'the client went away' };

const tooLarge = (limit: number): BodyRefusal => ({
  status: 413,
  code: 'too_large',
  message: `the body is larger than ${Math.round(limit / 1024 / 1024)} MiB after decompression; send smaller batches`,
});

const unknownEncoding = (encoding: string): BodyRefusal => ({
  status: 415,
  code: 'unknown_encoding',
  message: `the encoding ${encoding.slice(0, 40)} is not known; use gzip, deflate, zstd or none`,
});

const badCompression = (encoding: string, { message }: Error): BodyRefusal => ({
  status: 400,
  code: 'bad_compression',
  message: `the body is not ${encoding}: ${message}`,
});
