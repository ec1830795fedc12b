import type { AsyncBuffer, FileMetaData, RowGroup } from 'hyparquet';
import { MEBIBYTE } from './sink.ts';
import { readThrift, type ThriftStruct } from './thrift.ts';

const MAX_FOOTER = 64 * MEBIBYTE;
const MAX_PAGE = 256 * MEBIBYTE;
const MAX_PAGE_VALUES = 1 << 24;
const MAX_GROUP_ROWS = 1 << 22;

/** Checks the lengths in the footer, before a library allocates by them. @throws RangeError */
export async function checkFooter(file: AsyncBuffer): Promise<void> {
  const size = file.byteLength;
  const tail = new DataView(await file.slice(Math.max(0, size - 8), size));
  if (tail.byteLength < 8) throw new RangeError('the file is too short');
  const length = tail.getUint32(0, true);
  if (length > MAX_FOOTER || length + 8 > size) throw new RangeError('its footer is damaged');
  readThrift(new Uint8Array(await file.slice(size - 8 - length, size - 8)), 0);
}

/**
 * Checks that the columns of all row groups are those of the schema: the library starts reading a
 * group's columns together, and one that it does not find would leave the others unobserved.
 * @throws RangeError
 */
export function checkColumns({ schema, row_groups: groups }: FileMetaData): void {
  const leaves = leafPaths(schema);
  for (const { columns } of groups) {
    const paths = columns.map(({ meta_data: column }) => column?.path_in_schema.join('\0'));
    const distinct = new Set(paths);
    if (
      distinct.size < paths.length ||
      !paths.every((path) => path !== undefined && leaves.has(path))
    )
      throw new RangeError('its columns are not those of its schema');
  }
}

function leafPaths(schema: FileMetaData['schema']): ReadonlySet<string> {
  const paths = new Set<string>();
  const siblings = new Set<string>();
  const open: { path: string[]; left: number }[] = [];
  for (const [index, { name, num_children: children = 0 }] of schema.entries()) {
    while (open.at(-1)?.left === 0) open.pop();
    const parent = open.at(-1);
    if (index > 0 && parent === undefined) throw new RangeError('its schema has loose ends');
    if (parent !== undefined) parent.left--;
    const path = index === 0 ? [] : [...(parent?.path ?? []), name];
    const key = path.join('\0');
    if (siblings.has(key) || open.length > 100) throw new RangeError('its schema is damaged');
    siblings.add(key);
    if (children > 0) open.push({ path, left: children });
    else paths.add(key);
  }
  return paths;
}

/** Checks the lengths and counts in the page headers of a row group. @throws RangeError */
export async function checkPages(file: AsyncBuffer, group: RowGroup): Promise<void> {
  const rows = Number(group.num_rows);
  if (!(rows >= 0 && rows <= MAX_GROUP_ROWS)) throw new RangeError(`a row group of ${rows} rows`);
  for (const { meta_data: column } of group.columns) {
    if (column === undefined) throw new RangeError('a column without data');
    const first = Number(column.dictionary_page_offset || column.data_page_offset);
    const start = Math.min(first, Number(column.data_page_offset));
    const end = start + Number(column.total_compressed_size);
    if (!(start >= 0 && end >= start && end <= file.byteLength))
      throw new RangeError('a column beyond the end of the file');
    const bytes = new Uint8Array(await file.slice(start, end));
    let values = 0;
    for (let at = 0; at < bytes.length - 1 && values < rows; ) {
      const { struct, end: body } = readThrift(bytes, at);
      const compressed = numberIn(struct, 3);
      const count = numberIn(struct, 5, 1) || numberIn(struct, 8, 1) || numberIn(struct, 7, 1);
      const isSound =
        numberIn(struct, 2) <= MAX_PAGE &&
        compressed <= bytes.length - body &&
        count <= MAX_PAGE_VALUES &&
        numberIn(struct, 8, 3) <= MAX_PAGE_VALUES;
      if (!isSound) throw new RangeError('a page is damaged');
      if (!struct.has(7)) values += count;
      at = body + compressed;
    }
    if (values < rows) throw new RangeError('a column with fewer values than rows');
  }
}

/** The number in a field of a field; 0 when it is missing. @throws RangeError for a negative one. */
function numberIn(struct: ThriftStruct, ...path: readonly number[]): number {
  let value: number | ThriftStruct | undefined = struct;
  for (const id of path) value = typeof value === 'object' ? value.get(id) : undefined;
  if (typeof value !== 'number') return 0;
  if (value < 0) throw new RangeError('a negative length');
  return value;
}
