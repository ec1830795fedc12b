import type { InflateRaw, ZstdDecompress } from 'node:zlib';

/** One compressed stream among others in a file: says where it ends, and gives out all before damage. */
export class CompressedFrame {
  readonly #stream: InflateRaw | ZstdDecompress;
  #wake: () => void = () => {};
  #error: Error | null = null;

  constructor(stream: InflateRaw | ZstdDecompress) {
    this.#stream = stream;
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
