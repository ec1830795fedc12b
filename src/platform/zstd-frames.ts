import { Transform, type TransformCallback } from 'node:stream';
import { createZstdDecompress, type ZstdOptions } from 'node:zlib';

/**
 * Undoes zstd frame by frame: Node's decompressor stops after the first, but `cat a.zst b.zst`, pzstd and rotated
 * logs write several. Skippable frames are passed over. Format: RFC 8878, section 3.1.
 */
export function zstdFrames(options: ZstdOptions): Transform {
  return new ZstdFrames(options);
}

/** What the next bytes of the file are. */
type Expected =
  | 'magic'
  | 'descriptor'
  | 'header'
  | 'block'
  | 'body'
  | 'checksum'
  | 'skippable'
  | 'skipped';

class ZstdFrames extends Transform {
  readonly #options: ZstdOptions;
  #frame: ReturnType<typeof createZstdDecompress> | null = null;
  #expected: Expected = 'magic';
  /** Bytes of the expected piece that are still to come. */
  #left = 4;
  #piece: number[] = [];
  #hasChecksum = false;
  #isLast = false;

  constructor(options: ZstdOptions) {
    super({ highWaterMark: options.chunkSize });
    this.#options = options;
  }

  override _read(size: number): void {
    this.#frame?.resume();
    super._read(size);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#take(chunk).then(() => done(), done);
  }

  override _flush(done: TransformCallback): void {
    this.#close().then(() => done(), done);
  }

  async #take(chunk: Buffer): Promise<void> {
    let from = 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.#expected === 'body' || this.#expected === 'skipped') {
        const length = Math.min(this.#left, chunk.length - at);
        this.#left -= length;
        at += length;
      } else {
        this.#piece.push(chunk[at] as number);
        this.#left--;
        at++;
      }
      if (this.#left > 0) continue;
      const wasSkipped = this.#expected === 'skipped';
      if (!this.#next()) continue;
      if (!wasSkipped) await this.#write(chunk.subarray(from, at));
      from = at;
      await this.#close();
    }
    const isSkipping = this.#expected === 'skipped' || this.#expected === 'skippable';
    if (from < chunk.length && !isSkipping) await this.#write(chunk.subarray(from));
  }

  /** Moves on to the next piece. True at the end of a frame. */
  #next(): boolean {
    const piece = this.#piece;
    this.#piece = [];
    switch (this.#expected) {
      case 'magic': {
        const isSkippable = ((piece[0] ?? 0) & 0xf0) === 0x50 && piece[1] === 0x2a;
        return this.#expect(isSkippable ? 'skippable' : 'descriptor', isSkippable ? 4 : 1);
      }
      case 'descriptor': {
        const flags = piece[0] ?? 0;
        this.#hasChecksum = (flags & 4) !== 0;
        const isSingle = (flags & 32) !== 0;
        const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
        const idBytes = [0, 1, 2, 4][flags & 3] ?? 0;
        const length = sizeBytes + idBytes + (isSingle ? 0 : 1);
        return this.#expect('header', length);
      }
      case 'header':
        return this.#expect('block', 3);
      case 'block': {
        const header = (piece[0] ?? 0) | ((piece[1] ?? 0) << 8) | ((piece[2] ?? 0) << 16);
        this.#isLast = (header & 1) === 1;
        const isRun = ((header >> 1) & 3) === 1;
        const length = isRun ? 1 : header >> 3;
        return length === 0 ? this.#blockEnd() : this.#expect('body', length);
      }
      case 'body':
        return this.#blockEnd();
      case 'skippable': {
        const length = piece.reduce((sum, byte, index) => sum + byte * 256 ** index, 0);
        return length === 0 ? this.#frameEnd() : this.#expect('skipped', length);
      }
      default:
        return this.#frameEnd();
    }
  }

  #expect(expected: Expected, left: number): false {
    this.#expected = expected;
    this.#left = left;
    return false;
  }

  #blockEnd(): boolean {
    if (!this.#isLast) return this.#expect('block', 3);
    return this.#hasChecksum ? this.#expect('checksum', 4) : this.#frameEnd();
  }

  #frameEnd(): true {
    this.#expect('magic', 4);
    return true;
  }

  #write(bytes: Buffer): Promise<void> {
    const frame = this.#opened();
    return new Promise((resolve, reject) => {
      frame.once('error', reject);
      frame.write(bytes, (error) => {
        frame.off('error', reject);
        if (error) reject(error);
        else resolve();
      });
    });
  }

  #opened(): ReturnType<typeof createZstdDecompress> {
    if (this.#frame !== null) return this.#frame;
    const frame = createZstdDecompress(this.#options);
    frame.on('data', (data: Buffer) => {
      if (!this.push(data)) frame.pause();
    });
    this.#frame = frame;
    return frame;
  }

  #close(): Promise<void> {
    const frame = this.#frame;
    if (frame === null) return Promise.resolve();
    this.#frame = null;
    return new Promise((resolve, reject) => {
      frame.once('error', reject);
      frame.once('end', resolve);
      frame.resume();
      frame.end();
    });
  }
}
