import { createZstdDecompress } from 'node:zlib';
import { CompressedFrame } from './compressed-frame.ts';

export const isZstd = (head: Uint8Array): boolean =>
  head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd;

const CHUNK_BYTES = 256 * 1024;

/**
 * The content of every zstd frame of a stream, one after another. Joined files, rotated logs and
 * parallel compressors write several; a decompressor of Node stops at the end of the first.
 * Output is taken piece by piece, so a frame that grows a thousandfold needs no more memory than another.
 * @throws what the decompressor throws, after everything before was given out.
 */
export async function* zstdFrames(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let frame = opened();
  try {
    for await (const chunk of raw) {
      let rest = chunk;
      while (rest.length > 0) {
        const consumed = yield* frame.write(rest);
        rest = rest.subarray(consumed);
        if (rest.length === 0) break;
        frame.close();
        frame = opened();
      }
    }
    yield* frame.end();
  } finally {
    frame.close();
  }
}

const opened = (): CompressedFrame =>
  new CompressedFrame(createZstdDecompress({ chunkSize: CHUNK_BYTES }));
