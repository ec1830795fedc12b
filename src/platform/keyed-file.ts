import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { CulpritError } from '../contract/culprit-error.ts';

/** A key-value store of bytes in one file. */
export interface KeyedFile {
  /** Number of readable entries. */
  readonly size: number;
  /** Number of broken lines found when the file was opened. */
  readonly ignored: number;
  /** One entry per key, in order; undefined for a key that is not stored. */
  get(keys: readonly string[]): Promise<readonly (Buffer | undefined)[]>;
  put(entries: readonly { readonly key: string; readonly data: Buffer }[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens an append-only file, creating it and its folder if missing. Each line has a key, the CRC-32 of the data and
 * the data in base64. Keys are 64 hex digits; the later of two lines wins. Broken lines are ignored and
 * counted; only positions are kept in memory. `what` names the file in errors. Throws `unreadable_file`.
 */
export async function openKeyedFile(path: string, what: string): Promise<KeyedFile> {
  const file = await openFile(path, what);
  const { places, ignored, end, complete } = await scan(file);
  let position = end;
  let separator = complete ? '' : '\n';
  let writing = Promise.resolve();
  return {
    get size() {
      return places.size;
    },
    ignored,
    get: (keys) => Promise.all(keys.map((key) => read(file, places.get(key), key))),
    put(entries) {
      writing = writing.then(async () => {
        const lines = entries.map(({ key, data }) => formatLine(key, data));
        const text = separator + lines.join('');
        let start = position + separator.length;
        await file.appendFile(text).catch((cause: unknown) => {
          throw cannotWrite(path, what, cause);
        });
        position += text.length;
        separator = '';
        for (const [i, line] of lines.entries()) {
          places.set(entries[i]!.key, { start, length: line.length - 1 });
          start += line.length;
        }
      });
      return writing;
    },
    close: async () => {
      // Pending writes finish; their callers have already received any error.
      await writing.catch(() => {});
      await file.close();
    },
  };
}

interface Place {
  readonly start: number;
  readonly length: number;
}

async function openFile(path: string, what: string): Promise<FileHandle> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return await open(path, 'a+', 0o600);
  } catch (cause) {
    throw cannotOpen(path, what, cause);
  }
}

const cannotOpen = (path: string, what: string, cause: unknown): CulpritError =>
  new CulpritError(
    'unreadable_file',
    `The ${what} ${path} cannot be opened. Set XDG_CACHE_HOME to a writable folder.`,
    { cause },
  );

const cannotWrite = (path: string, what: string, cause: unknown): CulpritError =>
  new CulpritError(
    'unreadable_file',
    `The ${what} ${path} cannot be written (${String(cause)}). Free some space, or set XDG_CACHE_HOME to another folder.`,
    { cause },
  );

/** Maximum line length: a vector of 64,000 numbers, or an answer of 250 kB. */
const LINE_LIMIT = 400_000;

async function scan(file: FileHandle): Promise<{
  places: Map<string, Place>;
  ignored: number;
  end: number;
  complete: boolean;
}> {
  const places = new Map<string, Place>();
  let ignored = 0;
  let rest: Buffer = Buffer.alloc(0);
  let end = 0;
  let overlong = false;
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) {
    let start = end - rest.length;
    end += chunk.length;
    const bytes: Buffer = Buffer.concat([rest, chunk]);
    let from = 0;
    for (let stop = bytes.indexOf(10); stop >= 0; stop = bytes.indexOf(10, from)) {
      const line = parseLine(bytes.toString('latin1', from, stop));
      if (line === null || overlong) ignored++;
      else places.set(line.key, { start: start + from, length: stop - from });
      overlong = false;
      from = stop + 1;
    }
    rest = bytes.subarray(from);
    start += from;
    if (rest.length <= LINE_LIMIT) continue;
    overlong = true;
    rest = Buffer.alloc(0);
  }
  const complete = rest.length === 0 && !overlong;
  return { places, ignored: ignored + (complete ? 0 : 1), end, complete };
}

async function read(
  file: FileHandle,
  place: Place | undefined,
  key: string,
): Promise<Buffer | undefined> {
  if (place === undefined) return undefined;
  const { buffer } = await file.read(Buffer.alloc(place.length), 0, place.length, place.start);
  const line = parseLine(buffer.toString('latin1'));
  return line?.key === key ? line.data : undefined;
}

const LINE = /^([0-9a-f]{64}) ([0-9a-f]{8}) ([A-Za-z0-9+/]+={0,2})$/;

function parseLine(text: string): { key: string; data: Buffer } | null {
  const match = LINE.exec(text);
  if (match === null) return null;
  const [, key = '', sum = '', base64 = ''] = match;
  const data = Buffer.from(base64, 'base64');
  return checksum(data) === sum ? { key, data } : null;
}

const formatLine = (key: string, data: Buffer): string =>
  `${key} ${checksum(data)} ${data.toString('base64')}\n`;

const checksum = (bytes: Buffer): string => crc32(bytes).toString(16).padStart(8, '0');
