import type { AsyncBuffer } from 'hyparquet';
import type { ByteSource } from '../../contract/byte-source.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import { csvRows } from '../container/csv.ts';
import { jsonLines } from '../container/json-lines.ts';
import { jsonValues } from '../container/json-values.ts';
import { readMultipart } from '../container/multipart.ts';
import { byteStore, type Container, MEBIBYTE, type Sink } from '../container/sink.ts';
import { type ContainerKind, sniffBytes } from '../container/sniff-bytes.ts';
import { whole } from '../container/whole.ts';
import type { RecordReader } from './record-reader.ts';
import type { FileTally } from './tally.ts';

export const HEAD_BYTES = 64 * 1024;
/** A first line longer than this is one value. */
const MAX_HEAD = 64 * MEBIBYTE;
/** Little of a small piece outlives one garbage collection: reading is a quarter faster than by the mebibyte. */
export const PIECE_BYTES = 64 * 1024;
const MAX_PARQUET_HELD = 1024 * MEBIBYTE;

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
  let sink = reader.sink(file, '');

  const begin = async (): Promise<Container | 'parquet'> => {
    const bytes = head.take();
    const sniffed = sniffBytes(bytes);
    if (sniffed.kind === 'empty') throw new CulpritError('empty_input', `${source.name} is empty`);
    if (sniffed.kind === 'unknown') throw unknownFormat(source.name, sniffed.seen);
    if (sniffed.kind === 'csv' || sniffed.kind === 'parquet')
      sink = reader.sink(file, sniffed.kind);
    if (sniffed.kind === 'parquet') {
      head.add(bytes);
      return 'parquet';
    }
    const begun = await containerOf(sniffed.kind, sink);
    begun.push(bytes.subarray(sniffed.skip));
    return begun;
  };

  let isParquet = false;
  try {
    for await (const chunk of source.open()) {
      file.bytes += chunk.length;
      onChunk(file.bytes);
      if (container !== null) {
        for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
          container.push(chunk.subarray(at, at + PIECE_BYTES));
          yield;
        }
      } else {
        head.add(chunk);
        const enough = head.size() >= HEAD_BYTES && (chunk.includes(10) || head.size() >= MAX_HEAD);
        if (!isParquet && enough) {
          const begun = await begin();
          if (begun === 'parquet') isParquet = true;
          else container = begun;
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
    if (!isSourceFailure(error) || container === null) throw error;
    sink.broken('truncated_file', `reading stopped: ${error.message}`, null);
  }
  if (container === null && !isParquet) {
    const begun = await begin();
    if (begun === 'parquet') isParquet = true;
    else container = begun;
  }
  if (isParquet) yield* readParquet(source, head.take(), file, sink);
  container?.end();
  const unknown = sink.unknown();
  if (unknown !== null) throw unknownFormat(source.name, unknown);
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
    sink.broken('broken_parquet', `after ${row} rows: ${(error as Error).message}`, null);
  }
}

/** Formats that need a library load it when it is wanted: it takes longer to load than most files to read. */
async function containerOf(
  kind: Exclude<ContainerKind, 'parquet'>,
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
