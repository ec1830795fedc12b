import type { AsyncBuffer } from 'hyparquet';
import type { ByteSource } from '../../contract/byte-source.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import { csvRows } from '../container/csv.ts';
import { jsonLines } from '../container/json-lines.ts';
import { jsonValues } from '../container/json-values.ts';
import { readMultipart } from '../container/multipart.ts';
import {
  type ByteStore,
  byteStore,
  type Container,
  MEBIBYTE,
  type Sink,
} from '../container/sink.ts';
import { type ContainerKind, sniffBytes } from '../container/sniff-bytes.ts';
import { utf8From, utf16Order } from '../container/utf-16.ts';
import { whole } from '../container/whole.ts';
import type { RecordReader } from './record-reader.ts';
import type { FileTally } from './tally.ts';

export const HEAD_BYTES = 64 * 1024;
/** A first line longer than this is one value. */
const MAX_HEAD = 64 * MEBIBYTE;
/** Little of a small piece outlives one garbage collection: reading is a quarter faster than by the mebibyte. */
export const PIECE_BYTES = 64 * 1024;
const MAX_PARQUET_HELD = 1024 * MEBIBYTE;
const MAX_ARCHIVE = 1024 * MEBIBYTE;

/**
 * Reads one source into `reader`, yielding after each piece. `onChunk` receives the bytes read so far.
 * @throws CulpritError `empty_input`, `unknown_format`, and whatever the source throws before anything was read;
 * a later failure is recorded as a problem of the file, and everything read before it is kept.
 */
export async function* readFile(
  source: ByteSource,
  file: FileTally,
  reader: RecordReader,
  onChunk: (bytes: number) => void,
): AsyncGenerator<void> {
  const head = byteStore();
  let container: Container | null = null;
  let archive: ByteStore | null = null;
  let sink = reader.sink(file, '');

  const begin = async (): Promise<Container | 'parquet' | 'zip'> => {
    const bytes = head.take();
    const sniffed = sniffBytes(bytes);
    if (sniffed.kind === 'empty') throw new CulpritError('empty_input', `${source.name} is empty`);
    if (sniffed.kind === 'unknown') throw unknownFormat(source.name, sniffed.seen);
    if (sniffed.kind === 'csv' || sniffed.kind === 'parquet')
      sink = reader.sink(file, sniffed.kind);
    if (sniffed.kind === 'parquet' || sniffed.kind === 'zip') {
      head.add(bytes);
      return sniffed.kind;
    }
    const begun = await containerOf(sniffed.kind, sink);
    begun.push(bytes.subarray(sniffed.skip));
    return begun;
  };

  let isParquet = false;
  let stopped: CulpritError | null = null;
  const before = file.bytes;
  try {
    for await (const chunk of asUtf8(source.open())) {
      file.bytes += chunk.length;
      onChunk(file.bytes);
      if (archive !== null) {
        archive.add(chunk);
        if (archive.size() > MAX_ARCHIVE) throw tooLarge(source.name);
      } else if (container !== null) {
        for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
          container.push(chunk.subarray(at, at + PIECE_BYTES));
          yield* steps(container);
        }
      } else {
        head.add(chunk);
        const enough = head.size() >= HEAD_BYTES && (chunk.includes(10) || head.size() >= MAX_HEAD);
        if (!isParquet && enough) {
          const begun = await begin();
          if (begun === 'parquet') isParquet = true;
          else if (begun === 'zip') archive = head;
          else {
            container = begun;
            yield* steps(container);
          }
        }
        if (isParquet && source.slice !== undefined) break;
        if (isParquet && head.size() > MAX_PARQUET_HELD) {
          throw new CulpritError(
            'unreadable_file',
            `${source.name}: Parquet is read from files, not from pipes or inside compression`,
          );
        }
        yield;
      }
    }
  } catch (error) {
    if (!isSourceFailure(error) || head.size() + file.bytes === 0) throw error;
    stopped = error;
  }
  if (container === null && !isParquet && archive === null) {
    const begun = await begin();
    if (begun === 'parquet') isParquet = true;
    else if (begun === 'zip') archive = head;
    else container = begun;
  }
  if (stopped !== null) {
    const place = `reading stopped after ${file.bytes - before} bytes`;
    sink.broken('truncated_file', `${place}: ${stopped.message}`, null);
  }
  if (archive !== null) {
    file.bytes = before;
    yield* readArchive(source.name, archive.take(), file, reader, onChunk);
    return;
  }
  if (isParquet) yield* readParquet(source, head.take(), file, sink);
  if (container !== null) {
    yield* steps(container);
    container.end();
    yield* steps(container);
  }
  const unknown = sink.unknown();
  if (unknown !== null) throw unknownFormat(source.name, unknown);
}

/** Reads the files of an archive one after the other. Those of no known format are counted as problems. */
async function* readArchive(
  name: string,
  bytes: Uint8Array,
  file: FileTally,
  reader: RecordReader,
  onChunk: (bytes: number) => void,
): AsyncGenerator<void> {
  const { zipEntries } = await import('../container/zip.ts');
  let unusable: CulpritError | null = null;
  let read = 0;
  for (const entry of zipEntries(bytes)) {
    const path = `${name}/${entry.name}`;
    const open = async function* () {
      yield entry.read();
    };
    try {
      yield* readFile({ name: path, size: null, open }, file, reader, onChunk);
      read++;
    } catch (error) {
      if (!(error instanceof CulpritError) || error.code === 'aborted') throw error;
      unusable ??= error;
      reader.sink(file, '').broken(error.code, error.message, null);
    }
  }
  if (read === 0) throw unusable ?? new CulpritError('empty_input', `${name} holds no files`);
}

const tooLarge = (name: string): CulpritError =>
  new CulpritError(
    'unreadable_file',
    `${name}: an archive of more than 1 GiB; unzip it and name its files`,
  );

/** Text in UTF-16 as UTF-8; all other bytes as they are. */
async function* asUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let convert: ((bytes: Uint8Array | null) => Uint8Array) | null = null;
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) {
      const order = utf16Order(chunk);
      if (order !== null) convert = utf8From(order);
      isFirst = false;
    }
    yield convert === null ? chunk : convert(chunk);
  }
  if (convert !== null) yield convert(null);
}

/** Lets traces be taken after each part of the work. */
function* steps(container: Container): Generator<void> {
  while (container.step?.()) yield;
  yield;
}

async function* readParquet(
  source: ByteSource,
  held: Uint8Array,
  file: FileTally,
  sink: Sink,
): AsyncGenerator<void> {
  const { bufferOf, parquetRows } = await import('../container/parquet.ts');
  const slice = source.slice?.bind(source);
  const size = source.size ?? 0;
  const access: AsyncBuffer =
    slice === undefined
      ? bufferOf(held)
      : {
          byteLength: size,
          slice: async (start, end = size) => (await slice(start, end)).slice().buffer,
        };
  file.bytes = access.byteLength;
  let row = 0;
  try {
    for await (const rows of parquetRows(access)) {
      for (const value of rows) sink.value(value, ++row);
      yield;
    }
  } catch (error) {
    sink.broken(
      'broken_parquet',
      `after ${row} rows: ${(error as Error).message.slice(0, 200)}`,
      null,
    );
  }
}

/** Formats that need a library load it when it is wanted: it takes longer to load than most files to read. */
async function containerOf(
  kind: Exclude<ContainerKind, 'parquet' | 'zip'>,
  sink: Sink,
): Promise<Container> {
  switch (kind) {
    case 'json-lines':
      return jsonLines(sink);
    case 'json-values':
      return jsonValues(sink);
    case 'csv':
      return csvRows(sink);
    case 'otlp-protobuf':
      return whole(sink, (bytes) => sink.message(bytes));
    case 'length-prefixed':
      return (await import('../container/length-prefixed.ts')).lengthPrefixed(sink);
    case 'multipart':
      return whole(sink, (bytes) => readMultipart(bytes, sink));
  }
}

function isSourceFailure(error: unknown): error is CulpritError {
  return error instanceof CulpritError && error.code === 'unreadable_file';
}

function unknownFormat(name: string, seen: string): CulpritError {
  return new CulpritError(
    'unknown_format',
    `${name} has no format known here: ${seen}. If it is a table or JSON Lines, name its columns ` +
      'with the option columns (--map input=COLUMN,output=COLUMN); docs/formats.md lists what is read',
  );
}
