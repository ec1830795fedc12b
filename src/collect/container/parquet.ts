import { type AsyncBuffer, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { Json } from '../../contract/json.ts';
import { cleanJson } from '../../text/clean-json.ts';
import { checkColumns, checkFooter, checkPages } from './check-parquet.ts';

/** Rows converted between two yields. */
const BATCH = 1000;

/**
 * Rows of a Parquet file, a batch at a time, one row group in memory. Times become ISO 8601 text, 64-bit
 * integers numbers or, beyond 2^53, text; bytes are read as UTF-8.
 * Lengths and counts are checked before the library sees them. Throws where the file is damaged.
 */
export async function* parquetRows(file: AsyncBuffer): AsyncGenerator<readonly Json[]> {
  await checkFooter(file);
  const metadata = await parquetMetadataAsync(file);
  checkColumns(metadata);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    await checkPages(file, group);
    const rowEnd = rowStart + Number(group.num_rows);
    const rows = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd });
    for (let at = 0; at < rows.length; at += BATCH) {
      yield rows.slice(at, at + BATCH).map((row) => cleanJson(plain(row, 0)));
    }
    rowStart = rowEnd;
  }
}

const MAX_DEPTH = 100;

function plain(value: unknown, depth: number): Json {
  switch (typeof value) {
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'string':
    case 'boolean':
      return value;
    case 'object':
      break;
    default:
      return null;
  }
  if (value === null || depth > MAX_DEPTH) return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    return Array.from(value as unknown as ArrayLike<unknown>, (item) => plain(item, depth + 1));
  }
  return Object.fromEntries(
    // Rows keep their empty columns, which identify shapes. Nested structs list every field of the schema.
    Object.entries(value).flatMap(([key, item]) =>
      depth > 0 && (item === null || item === undefined) ? [] : [[key, plain(item, depth + 1)]],
    ),
  );
}

/** Random access to bytes in memory. */
export function bufferOf(bytes: Uint8Array): AsyncBuffer {
  const { buffer } = new Uint8Array(bytes);
  return { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) };
}
