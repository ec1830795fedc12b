import type { Readable } from 'node:stream';
import { tooLarge } from '../decode/unpacked.ts';
import { RequestError } from './problem.ts';

export interface BodyLimits {
  /** Bytes of a body, before and after decompression. */
  readonly body: number;
  /** Bytes of all bodies that are being worked on, as received. */
  readonly bodies: number;
}

export const BODY_LIMITS: BodyLimits = { body: 64 * 1024 * 1024, bodies: 64 * 1024 * 1024 };

/** A body as it comes in; a request of `node:http` is one. */
export type BodySource = Readable & {
  readonly headers: { readonly 'content-encoding'?: string | undefined };
};

/** A body as it was sent. */
interface Body {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `content-encoding`, in lower case. */
  readonly encoding: string;
  /** Bytes that it may have after decompression. */
  readonly limit: number;
}

/** Reads bodies of requests within limits. */
export interface BodyReader {
  /**
   * Works on the whole body; its bytes count as being worked on until `work` is done.
   * @throws RequestError 413, 429, and `gone` when nobody waits for an answer any more.
   */
  withBody<Result>(request: BodySource, work: (body: Body) => Promise<Result>): Promise<Result>;
  readonly bytes: () => number;
  /** Bytes of a body, before and after decompression, at most. */
  readonly limit: number;
}

export function bodyReader(limits: BodyLimits): BodyReader {
  let inWork = 0;

  const read = (
    request: BodySource,
    count: (bytes: number) => void,
  ): Promise<Uint8Array<ArrayBuffer>> =>
    new Promise((resolve, reject) => {
      const pieces: Buffer[] = [];
      let size = 0;
      let isStopped = false;
      const stop = (refusal: RequestError): void => {
        isStopped = true;
        request.off('data', take);
        // The rest is read and thrown away: a client that is cut off while it sends takes that for a fault of the network.
        request.resume();
        const answer = (): void => reject(refusal);
        if (request.readableEnded || request.destroyed) answer();
        else for (const event of ['end', 'close']) request.once(event, answer);
      };
      const take = (piece: Buffer): void => {
        size += piece.length;
        count(piece.length);
        if (size > limits.body) stop(tooLarge(limits.body));
        else if (inWork > limits.bodies && inWork > size) stop(busy());
        else pieces.push(piece);
      };
      request.on('data', take);
      request.on('end', () => {
        if (!isStopped) resolve(joined(pieces, size));
      });
      request.on('aborted', () => stop(gone()));
      request.on('error', (error) => stop(error instanceof RequestError ? error : gone()));
    });

  return {
    bytes: () => inWork,
    limit: limits.body,
    async withBody(request, work) {
      if (inWork >= limits.bodies) {
        request.resume();
        throw busy();
      }
      let counted = 0;
      try {
        const bytes = await read(request, (size) => {
          counted += size;
          inWork += size;
        });
        const encoding = (request.headers['content-encoding'] ?? '').trim().toLowerCase();
        return await work({ bytes, encoding, limit: limits.body });
      } finally {
        inWork -= counted;
      }
    },
  };
}

/** In memory of its own, which can be handed over to a thread. */
function joined(pieces: readonly Buffer[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

const busy = (): RequestError =>
  new RequestError({
    ...{ status: 429, code: 'busy', retryAfter: 1 },
    detail: 'too many bytes are being received; send again in a second',
  });

const gone = (): RequestError =>
  new RequestError({ status: 400, code: 'gone', detail: 'the client went away' });
