import { unzipSync } from 'fflate';
import { CulpritError } from '../../contract/culprit-error.ts';
import { MEBIBYTE } from './sink.ts';

/** A file in an archive. */
export interface ZipEntry {
  readonly name: string;
  /** @throws CulpritError `unreadable_file` when it is damaged, larger than announced, or compressed by a method that is not read. */
  readonly read: () => Uint8Array;
}

/** What an archive may unpack to, against bombs. */
const MAX_ENTRY = 512 * MEBIBYTE;
const MAX_TOTAL = 4096 * MEBIBYTE;

/**
 * The files of a zip archive in the order of its directory, each unpacked when it is asked for; folders, and what
 * macOS and Inspect add about the others, are left out.
 * @throws CulpritError `unreadable_file` when the archive has no directory or would unpack to over 4 GiB.
 */
export function zipEntries(bytes: Uint8Array): readonly ZipEntry[] {
  const names: string[] = [];
  let total = 0;
  attempt(() =>
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (isContent(name)) {
          names.push(name);
          total += originalSize;
        }
        return false;
      },
    }),
  );
  if (total > MAX_TOTAL)
    throw unreadable('it unpacks to more than 4 GiB; unzip it and name its files');
  return names.map((name) => ({ name, read: () => entryOf(bytes, name) }));
}

function entryOf(bytes: Uint8Array, name: string): Uint8Array {
  const found = attempt(() =>
    unzipSync(bytes, {
      filter: (file) => {
        if (file.name !== name) return false;
        if (file.originalSize > MAX_ENTRY) throw unreadable(`${name} has more than 512 MiB`);
        if (file.compression !== STORED && file.compression !== DEFLATED) {
          const method = METHODS.get(file.compression) ?? `method ${file.compression}`;
          throw unreadable(`${name} is compressed with ${method}; unzip it and name its files`);
        }
        return true;
      },
    }),
  );
  return found[name] ?? new Uint8Array(0);
}

const STORED = 0;
const DEFLATED = 8;
/** Names of compression methods (APPNOTE.TXT 4.4.5) that are not read. */
const METHODS: ReadonlyMap<number, string> = new Map([
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [93, 'zstd'],
  [95, 'xz'],
  [99, 'AES encryption'],
]);

const isContent = (name: string): boolean => !name.endsWith('/') && !BESIDE.test(name);

/** `_journal/`, `summaries.json`, `reductions.json` of an Inspect log repeat its samples. */
const BESIDE = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|_journal\/|summaries\.json$|reductions\.json$)/;

function attempt<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof CulpritError) throw error;
    throw unreadable(`the archive is damaged: ${(error as Error).message}`);
  }
}

const unreadable = (message: string): CulpritError => new CulpritError('unreadable_file', message);
