import { createWriteStream, mkdirSync, rmSync, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface SpoolLimits {
  /** Bytes of all files. */
  readonly bytes: number;
  /** Bytes of one file, after which another is begun. */
  readonly segment: number;
  /** Bytes that wait to be written. */
  readonly waiting: number;
}

const MEBIBYTE = 1024 * 1024;
export const SPOOL_LIMITS: SpoolLimits = {
  bytes: 4096 * MEBIBYTE,
  segment: 64 * MEBIBYTE,
  waiting: 64 * MEBIBYTE,
};

/** Where bytes are: for whoever reads them, on any thread. */
export interface SpoolPlace {
  readonly path: string;
  readonly at: number;
  readonly length: number;
}

/** Bytes in a spool; they hold until they are released. */
export interface SpoolSlice {
  readonly segment: Segment;
  readonly at: number;
  readonly length: number;
}

/**
 * Rows of open traces, in files that are written one after the other: what the store has already, in a form that costs
 * no memory. It is a cache: it may refuse, and nothing is lost with it.
 */
export interface Spool {
  /** Null when it is full, or the disk is. */
  append(bytes: Uint8Array): SpoolSlice | null;
  /** Whether the bytes can be read; waits until they are written. */
  isReadable(slice: SpoolSlice): Promise<boolean>;
  release(slice: SpoolSlice): void;
  readonly bytes: () => number;
  /** Removes all files. */
  close(): Promise<void>;
}

interface Segment {
  readonly path: string;
  readonly stream: WriteStream;
  size: number;
  /** Bytes that are not released. */
  live: number;
  written: Promise<void>;
  isLost: boolean;
}

/** @param folder Its own: what is in it is removed. */
export function spool(folder: string, limits: SpoolLimits): Spool {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const segments = new Set<Segment>();
  let current: Segment | null = null;
  let total = 0;
  let waiting = 0;
  let made = 0;

  const begin = (): Segment => {
    const path = join(folder, String(made++));
    const stream = createWriteStream(path, { mode: 0o600, highWaterMark: limits.waiting });
    const segment: Segment = {
      ...{ path, stream, size: 0, live: 0, isLost: false },
      written: Promise.resolve(),
    };
    stream.on('error', () => lose(segment));
    segments.add(segment);
    return segment;
  };
  const drop = (segment: Segment): void => {
    if (!segments.delete(segment)) return;
    total -= segment.size;
    if (current === segment) current = null;
    segment.stream.destroy();
    void rm(segment.path, { force: true }).catch(() => {});
  };
  const lose = (segment: Segment): void => {
    segment.isLost = true;
    drop(segment);
  };
  /** Gives up the file that holds the least for its size, if that is little. */
  const makeRoom = (): void => {
    const [sparse] = [...segments]
      .filter((segment) => segment !== current)
      .sort((a, b) => a.live / a.size - b.live / b.size);
    if (sparse !== undefined && sparse.live < sparse.size / 4) lose(sparse);
  };

  return {
    append(bytes) {
      if (total + bytes.length > limits.bytes) makeRoom();
      if (total + bytes.length > limits.bytes || waiting > limits.waiting) return null;
      if (current !== null && current.size >= limits.segment) {
        const full = current;
        current = null;
        full.stream.end();
        if (full.live === 0) drop(full);
      }
      current ??= begin();
      const segment = current;
      const at = segment.size;
      const { length } = bytes;
      segment.size += length;
      segment.live += length;
      total += length;
      waiting += length;
      segment.written = new Promise((resolve) => {
        segment.stream.write(bytes, () => {
          waiting -= length;
          resolve();
        });
      });
      return { segment, at, length };
    },
    async isReadable({ segment }) {
      await segment.written;
      return !segment.isLost;
    },
    release({ segment, length }) {
      segment.live -= length;
      if (segment.live <= 0 && segment !== current) drop(segment);
    },
    bytes: () => total,
    async close() {
      for (const segment of [...segments]) lose(segment);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const sliceOf = ({ segment, at }: SpoolSlice, begin: number, end: number): SpoolSlice => ({
  segment,
  at: at + begin,
  length: end - begin,
});

export const placeOf = ({ segment, at, length }: SpoolSlice): SpoolPlace => ({
  path: segment.path,
  at,
  length,
});
