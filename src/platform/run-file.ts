import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { CulpritError } from '../contract/culprit-error.ts';

/** The file of a run, written line by line. */
export interface RunFile {
  /** Has handed the line to the system when it returns, so that it outlives this process. Throws `unwritable_file`. */
  readonly write: (line: object) => void;
  readonly close: () => void;
}

/**
 * Opens the file of a run for more lines, its folder made where it is missing. `length` is the number of bytes to keep:
 * a line that was cut when a process was killed goes. Throws `unwritable_file`.
 */
export function openRunFile(path: string, length: number | null): RunFile {
  const attempt = <Value>(task: () => Value): Value => {
    try {
      return task();
    } catch (error) {
      throw unwritable(path, error);
    }
  };
  const file = attempt(() => {
    mkdirSync(dirname(path), { recursive: true });
    if (length !== null) truncateSync(path, length);
    return openSync(path, length === null ? 'wx' : 'a', 0o600);
  });
  return {
    write: (line) => attempt(() => writeAll(file, Buffer.from(`${JSON.stringify(line)}\n`))),
    close: () => closeSync(file),
  };
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/**
 * The files of the runs in a folder, oldest first; none when there is no folder. A file without a whole line is of a
 * process that was killed before its run began, and is left out. Throws `unreadable_file`.
 */
export function runFilesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^run-[\w-]+\.jsonl$/.test(name))
      .sort()
      .map((name) => join(folder, name))
      .filter(hasLine);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable(folder, cause);
  }
}

/** Whether a line of the file was written to its end. */
function hasLine(path: string): boolean {
  for (const _ of runLines(path)) return true;
  return false;
}

/** Throws `unreadable_file`. */
export function readRunFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

const CHUNK = 1 << 20;

/** The first and the last line of a run's file are no longer than this. */
const LONGEST_END = 16 << 20;

/** The first and the last whole line of a run's file, without what is between them. Throws `unreadable_file`. */
export function runFileEnds(path: string): { readonly first: string; readonly last: string } {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (cause) {
    throw unreadable(path, cause);
  }
  try {
    const { size } = fstatSync(file);
    const at = (from: number, length: number): string => {
      const buffer = Buffer.alloc(length);
      return buffer.toString('utf8', 0, readSync(file, buffer, 0, length, from));
    };
    let [first, last] = ['', ''];
    for (let length = CHUNK; ; length = LONGEST_END) {
      first = at(0, Math.min(size, length)).split('\n', 1)[0] ?? '';
      if (first.length < length || length === LONGEST_END) break;
    }
    for (let length = CHUNK; ; length = LONGEST_END) {
      const lines = at(Math.max(0, size - length), Math.min(size, length)).split('\n');
      last = lines.at(-2) ?? '';
      if (lines.length > 2 || length >= Math.min(size, LONGEST_END)) break;
    }
    return { first, last };
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    closeSync(file);
  }
}

/** The whole lines of a run's file, one after the other: a run with many attempts does not fit into memory. Throws `unreadable_file`. */
export function* runLines(path: string): Generator<string, void, undefined> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (cause) {
    throw unreadable(path, cause);
  }
  try {
    const [buffer, decoder] = [Buffer.alloc(CHUNK), new StringDecoder('utf8')];
    let rest = '';
    for (;;) {
      const length = readSync(file, buffer, 0, CHUNK, null);
      if (length === 0) return;
      const lines = `${rest}${decoder.write(buffer.subarray(0, length))}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    closeSync(file);
  }
}

/** Writes a file line by line; one that is there is replaced. Throws `unwritable_file`, and what the lines throw. */
export function writeLines(path: string, lines: Iterable<string>): void {
  const attempt = <Value>(task: () => Value): Value => {
    try {
      return task();
    } catch (error) {
      throw unwritable(path, error);
    }
  };
  const file = attempt(() => openSync(path, 'w', 0o600));
  try {
    for (const line of lines) attempt(() => writeAll(file, Buffer.from(`${line}\n`)));
  } finally {
    closeSync(file);
  }
}

const unreadable = (path: string, cause: unknown): CulpritError =>
  new CulpritError('unreadable_file', `${path}: cannot be read (${String(cause)})`, { cause });

const unwritable = (path: string, cause: unknown): CulpritError =>
  new CulpritError('unwritable_file', `${path}: cannot be written (${String(cause)})`, { cause });
