import type { ByteSource } from '../../contract/byte-source.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import { byteStore, MEBIBYTE } from '../container/sink.ts';
import { sniffBytes } from '../container/sniff-bytes.ts';
import { HEAD_BYTES } from './file-reader.ts';

/** Whole lines of one file, in memory that threads share. */
export interface RowChunk {
  /** 0, 1, … over all files. */
  readonly index: number;
  readonly file: string;
  /** Number of its first line, 1-based. */
  readonly firstLine: number;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  /** Bytes of the file that it stands for: its own and a byte order mark before them. */
  readonly size: number;
}

/** The input has to be read in order, as one: it is no JSON Lines, or its lines belong together. */
export class NotRows extends Error {}

const NEWLINE = 10;
const MAX_LINE = 16 * MEBIBYTE;

/**
 * Cuts files of JSON Lines into chunks of `chunkBytes` and up to the next end of a line. The same bytes give
 * the same chunks, in whatever pieces they come. `onPiece` is called with the bytes read of the present file
 * as they come, and may throw. `allocate` gives memory of a size or more.
 * @throws NotRows for files of another kind, empty or unreadable ones and lines over 16 MiB; what `onPiece` throws.
 */
export async function* rowChunks(
  sources: readonly ByteSource[],
  chunkBytes: number,
  onPiece: (source: ByteSource, bytes: number) => void,
  allocate = (size: number): SharedArrayBuffer => new SharedArrayBuffer(size),
): AsyncGenerator<RowChunk> {
  let index = 0;
  for (const source of sources) {
    let read = 0;
    const pieces = readable(source, (bytes) => {
      read += bytes;
      onPiece(source, read);
    });
    try {
      for await (const chunk of fileChunks(source.name, pieces, chunkBytes, allocate))
        yield { ...chunk, index: index++ };
    } finally {
      await pieces.return(undefined);
    }
  }
}

async function* fileChunks(
  file: string,
  pieces: AsyncIterableIterator<Uint8Array>,
  chunkBytes: number,
  allocate: (size: number) => SharedArrayBuffer,
): AsyncGenerator<Omit<RowChunk, 'index'>> {
  const head = await headOf(file, pieces);
  const store = byteStore();
  let firstLine = 1;
  const chunk = (): Omit<RowChunk, 'index'> => {
    const bytes = new Uint8Array(allocate(store.size()), 0, store.size());
    store.pour(bytes);
    const size = firstLine === 1 ? bytes.length + head.skip : bytes.length;
    const made = { file, firstLine, bytes, size };
    firstLine += newlines(bytes);
    return made;
  };
  const cut = function* (piece: Uint8Array): Generator<Omit<RowChunk, 'index'>> {
    let from = 0;
    for (;;) {
      const least = Math.max(0, chunkBytes - 1 - store.size());
      const end = piece.indexOf(NEWLINE, from + least);
      if (end < 0) break;
      store.add(piece.subarray(from, end + 1));
      yield chunk();
      from = end + 1;
    }
    store.add(piece.subarray(from));
    if (store.size() > chunkBytes + MAX_LINE) throw lineTooLong(file);
  };
  yield* cut(head.bytes);
  for await (const piece of pieces) yield* cut(piece);
  if (store.size() > 0) yield chunk();
}

/** The beginning of a file, long enough to tell its kind: 64 KiB with the end of a line among them, or all of it. */
async function headOf(
  file: string,
  pieces: AsyncIterator<Uint8Array>,
): Promise<{ readonly bytes: Uint8Array; readonly skip: number }> {
  const store = byteStore();
  let hasLine = false;
  while (store.size() < HEAD_BYTES || !hasLine) {
    const next = await pieces.next();
    if (next.done) break;
    store.add(next.value);
    hasLine ||= next.value.includes(NEWLINE);
    if (!hasLine && store.size() > MAX_LINE) throw lineTooLong(file);
  }
  const bytes = store.take();
  const sniffed = sniffBytes(hasLine ? bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1) : bytes);
  if (sniffed.kind !== 'json-lines') throw new NotRows(`${file} is no JSON Lines`);
  return { bytes: bytes.subarray(sniffed.skip), skip: sniffed.skip };
}

const lineTooLong = (file: string): NotRows => new NotRows(`${file}: a line is too long`);

/** A source that fails, or fails half-way, is for the reader in order to report. */
async function* readable(
  source: ByteSource,
  onPiece: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of source.open()) {
      onPiece(piece.length);
      yield piece;
    }
  } catch (error) {
    if (error instanceof CulpritError && error.code === 'unreadable_file')
      throw new NotRows(error.message, { cause: error });
    throw error;
  }
}

function newlines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
