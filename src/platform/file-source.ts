import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { ByteSource } from '../contract/byte-source.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { gzipMembers } from './gzip-members.ts';
import { spool } from './spool.ts';
import { isZstd, zstdFrames } from './zstd-frames.ts';

export interface FileSourceOptions {
  /** Most bytes that may come out after decompression, against bombs. Default 64 GiB. */
  readonly maxBytes?: number;
  /** What `-` reads. Default: standard input. */
  readonly stdin?: Readable;
}

const CHUNK_BYTES = 1024 * 1024;
const GIBIBYTE = 1024 ** 3;
const MAX_BYTES = 64 * GIBIBYTE;
/** gzip in zstd in gzip: more is not an accident. */
const MAX_LAYERS = 3;

/**
 * The bytes of a file, or of standard input for `-`, with gzip and zstd undone whatever the name says.
 * Pipes are spooled to disk so that they can be read again; close the source to delete that.
 * Regular files that are not compressed offer random access.
 * @throws CulpritError `unreadable_file` when it is missing, a folder, not permitted, damaged or too large.
 */
export async function fileSource(
  path: string,
  options: FileSourceOptions = {},
): Promise<ByteSource> {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  if (path === '-') return pipeSource('-', options.stdin ?? process.stdin, maxBytes);
  const info = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (info.isDirectory()) {
    throw new CulpritError(
      'unreadable_file',
      `cannot read ${path}: it is a folder; name its files, for example ${basename(path)}/*.jsonl`,
    );
  }
  if (!info.isFile())
    return pipeSource(path, createReadStream(path, { highWaterMark: CHUNK_BYTES }), maxBytes);
  const { size } = info;
  let position = 0;
  const source: ByteSource = {
    name: path,
    size,
    position: () => position,
    open() {
      position = 0;
      const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
      return plainBytes(
        counting(file, (bytes) => {
          position += bytes;
        }),
        path,
        maxBytes,
      );
    },
  };
  if (await isCompressed(path)) return source;
  return { ...source, slice: (start, end) => slice(path, start, end) };
}

/** What can be read only once is kept, compressed as it came, for a second reading. */
function pipeSource(name: string, pipe: AsyncIterable<Uint8Array>, maxBytes: number): ByteSource {
  const { read, close } = spool(pipe);
  return { name, size: null, open: () => plainBytes(read(), name, maxBytes), close };
}

/** Undoes compression, layer by layer, and watches the size. Throws `unreadable_file`. */
export async function* plainBytes(
  raw: AsyncIterable<Uint8Array>,
  name: string,
  maxBytes: number = MAX_BYTES,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of await unwrapped(raw, 0)) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        const limit = Math.round(maxBytes / GIBIBYTE);
        throw new CulpritError(
          'unreadable_file',
          `${name}: more than ${limit > 0 ? `${limit} GiB` : `${maxBytes} bytes`}; split it first`,
        );
      }
      yield chunk;
    }
  } catch (error) {
    throw error instanceof CulpritError ? error : unreadable(name, error);
  }
}

async function unwrapped(
  raw: AsyncIterable<Uint8Array>,
  layers: number,
): Promise<AsyncIterable<Uint8Array>> {
  const iterator = raw[Symbol.asyncIterator]();
  let head = new Uint8Array(0);
  let done = false;
  while (head.length < 4 && !done) {
    const next = await iterator.next();
    if (next.done) done = true;
    else head = head.length === 0 ? new Uint8Array(next.value) : joined(head, next.value);
  }
  const whole = resumed(head, iterator);
  if (layers >= MAX_LAYERS) return whole;
  if (isZstd(head)) return unwrapped(zstdFrames(whole), layers + 1);
  if (!isGzip(head)) return whole;
  return unwrapped(gzipMembers(whole), layers + 1);
}

async function* resumed(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* counting(
  raw: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of raw) {
    count(chunk.length);
    yield chunk;
  }
}

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

async function isCompressed(path: string): Promise<boolean> {
  const head = await slice(path, 0, 4);
  return isGzip(head) || isZstd(head);
}

async function slice(path: string, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const file = await open(path);
    try {
      const bytes = new Uint8Array(Math.max(0, end - start));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

function unreadable(name: string, cause: unknown): CulpritError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const message = REASONS[code] ?? (cause as Error).message;
  return new CulpritError('unreadable_file', `cannot read ${name}: ${message}`, { cause });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  Z_BUF_ERROR: 'the compressed data ends too early',
  Z_DATA_ERROR: 'the compressed data is damaged',
};
