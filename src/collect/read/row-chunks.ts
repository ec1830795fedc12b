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
 * Cuts files of JSON Lines into chunks of about `chunkBytes`, at ends of lines. `onChunk` is called with the
 * bytes read of the present file as they come, and may throw. `allocate` gives memory of a size or more.
 * @throws NotRows for files of another kind, empty or unreadable ones and lines over 16 MiB; what `onChunk` throws.
 */
export async function* rowChunks(
  sources: readonly ByteSource[],
  chunkBytes: number,
  onChunk: (source: ByteSource, bytes: number) => void,
  allocate = (size: number): SharedArrayBuffer => new SharedArrayBuffer(size),
): AsyncGenerator<RowChunk> {
  let index = 0;
  for (const source of sources) {
    const store = byteStore();
    let skip = -1;
    let line = 1;
    let read = 0;
    const cut = function* (lines: Uint8Array): Generator<RowChunk> {
      for (const part of parts(lines, chunkBytes)) {
        const bytes = new Uint8Array(allocate(part.length), 0, part.length);
        bytes.set(part);
        const size = line === 1 ? part.length + skip : part.length;
        yield { index: index++, file: source.name, firstLine: line, bytes, size };
        line += newlines(bytes);
      }
    };
    for await (const piece of readable(source)) {
      read += piece.length;
      onChunk(source, read);
      const last = piece.lastIndexOf(NEWLINE);
      if (last < 0) {
        store.add(piece);
        if (store.size() > MAX_LINE) throw new NotRows(`${source.name}: a line is too long`);
        continue;
      }
      if (skip < 0 && store.size() + piece.length < HEAD_BYTES) {
        store.add(piece);
        continue;
      }
      const lines = store.take(piece.subarray(0, last + 1));
      if (skip < 0) skip = skipOf(source, lines);
      yield* cut(line === 1 ? lines.subarray(skip) : lines);
      store.add(piece.subarray(last + 1));
    }
    const rest = store.take();
    if (skip < 0) {
      skip = skipOf(source, rest);
      yield* cut(rest.subarray(skip));
    } else yield* cut(rest);
  }
}

/** A source that fails, or fails half-way, is for the reader in order to report. */
async function* readable(source: ByteSource): AsyncGenerator<Uint8Array> {
  try {
    yield* source.open();
  } catch (error) {
    if (error instanceof CulpritError && error.code === 'unreadable_file')
      throw new NotRows(error.message, { cause: error });
    throw error;
  }
}

/** Length of the byte order mark. */
function skipOf(source: ByteSource, head: Uint8Array): number {
  const sniffed = sniffBytes(head);
  if (sniffed.kind !== 'json-lines') throw new NotRows(`${source.name} is no JSON Lines`);
  return sniffed.skip;
}

/** The lines in parts of `size` bytes and up to the next end of a line; the last may be half as large again. */
function* parts(lines: Uint8Array, size: number): Generator<Uint8Array> {
  let from = 0;
  while (lines.length - from > size * 1.5) {
    const end = lines.indexOf(NEWLINE, from + size - 1);
    if (end < 0) break;
    yield lines.subarray(from, end + 1);
    from = end + 1;
  }
  if (from < lines.length) yield lines.subarray(from);
}

function newlines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
