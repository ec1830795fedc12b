import { Readable } from 'node:stream';
import type { BodySource } from '../http/body.ts';
import { RequestError } from '../http/problem.ts';

/** Bytes before a message: whether it is compressed, and its length. */
const PREFIX = 5;

/**
 * The one message of a unary call, as a body that comes in. Throws RequestError if the call ends before a message begins,
 * or announces one longer than `limit` bytes; the body fails if the message is cut short or not the only one.
 */
export async function grpcMessage(
  stream: Readable,
  compression: string | undefined,
  limit: number,
): Promise<BodySource> {
  const pieces = stream.iterator({ destroyOnReturn: false });
  let head = Buffer.alloc(0);
  while (head.length < PREFIX) {
    const { value, done } = await pieces.next().catch(() => ENDED);
    if (done === true) throw cutShort(head.length, PREFIX);
    head = Buffer.concat([head, value as Buffer]);
  }
  const length = head.readUInt32BE(1);
  if (length > limit)
    throw new RequestError({
      status: 413,
      code: 'too_large',
      detail: `the message is ${length} bytes long, of at most ${limit}; send smaller batches`,
    });
  const body = Readable.from(content(head.subarray(PREFIX), pieces, length), {
    objectMode: false,
  });
  const isCompressed = head[0] === 1;
  return Object.assign(body, {
    headers: { 'content-encoding': isCompressed ? (compression ?? 'unnamed') : 'identity' },
  });
}

async function* content(
  first: Buffer,
  pieces: AsyncIterableIterator<Buffer>,
  length: number,
): AsyncGenerator<Buffer> {
  let size = first.length;
  if (size > 0) yield first;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > length) break;
    yield piece;
  }
  if (size !== length) throw cutShort(size, length);
}

/** A client that went away. */
const ENDED = { value: undefined, done: true } as const;

const cutShort = (size: number, length: number): RequestError =>
  new RequestError({
    status: 400,
    code: 'bad_message',
    detail: `a call brings one message: ${length} bytes are announced, ${size} came`,
  });
