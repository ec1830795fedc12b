import { createZstdDecompress, type ZstdDecompress } from 'node:zlib';

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
  let frame = new Frame();
  try {
    for await (const chunk of raw) {
      let rest = chunk;
      while (rest.length > 0) {
        const consumed = yield* frame.write(rest);
        rest = rest.subarray(consumed);
        if (rest.length === 0) break;
        frame.close();
        frame = new Frame();
      }
    }
    yield* frame.end();
  } finally {
    frame.close();
  }
}

class Frame {
  readonly #stream: ZstdDecompress = createZstdDecompress({
    chunkSize: CHUNK_BYTES,
  });
  #wake: () => void = () => {};
  #error: Error | null = null;

  constructor() {
    this.#stream.on('readable', () => this.#wake());
    this.#stream.on('end', () => this.#wake());
    this.#stream.on('error', (error) => {
      this.#error = error;
      this.#wake();
    });
  }

  /** Gives out what the bytes hold; returns how many of them belong to this frame. */
  async *write(bytes: Uint8Array): AsyncGenerator<Uint8Array, number> {
    const before = this.#stream.bytesWritten;
    let isDone = false;
    this.#stream.write(bytes, () => {
      isDone = true;
      this.#wake();
    });
    yield* this.#read(() => isDone);
    return this.#stream.bytesWritten - before;
  }

  async *end(): AsyncGenerator<Uint8Array> {
    this.#stream.end();
    yield* this.#read(() => this.#stream.readableEnded);
  }

  close(): void {
    this.#stream.destroy();
  }

  async *#read(isDone: () => boolean): AsyncGenerator<Uint8Array> {
    for (;;) {
      for (let piece = this.#stream.read(); piece !== null; piece = this.#stream.read())
        yield piece as Uint8Array;
      if (this.#error !== null) throw this.#error;
      if (isDone()) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
