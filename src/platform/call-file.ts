import { closeSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type CallLine, type CallRecord, callLineSchema } from '../contract/call-record.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { type CallBook, openCallBook } from './call-book.ts';
import { folderLock } from './folder-lock.ts';

/** A record of calls in a file, which belongs to this process until it is closed. */
export type CallFile = CallRecord & { readonly close: () => Promise<void> };

/**
 * Opens `calls.jsonl` in a folder, made where it is missing, for this process alone. Every line is on the disk before the
 * next thing happens. A line that was cut when a process was killed goes.
 * @throws CulpritError `invalid_input` when another process has it, `unreadable_file` for a file with other lines,
 * `unwritable_file`.
 */
export async function openCallFile(folder: string): Promise<CallFile> {
  const path = join(folder, 'calls.jsonl');
  const lock = await folderLock(folder);
  try {
    const book = openCallBook();
    const whole = readInto(book, path);
    if (whole !== null) truncateSync(path, whole);
    const file = openSync(path, 'a', 0o600);
    return {
      find: book.find,
      soFar: book.soFar,
      write: (line) => {
        try {
          const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
          for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
          fsyncSync(file);
        } catch (cause) {
          throw unwritable(path, cause);
        }
        book.add(line);
      },
      close: async () => {
        closeSync(file);
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error instanceof CulpritError ? error : unwritable(path, error);
  }
}

/** Adds the lines of the file, and gives the number of bytes that whole lines take; null where there is none. */
function readInto(book: CallBook, path: string): number | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw unreadable(path, String(cause), cause);
  }
  const end = text.lastIndexOf('\n') + 1;
  for (const [index, line] of text.slice(0, end).split('\n').entries()) {
    if (line === '') continue;
    book.add(lineIn(line, `${path}, line ${index + 1}`));
  }
  return Buffer.byteLength(text.slice(0, end));
}

function lineIn(text: string, place: string): CallLine {
  try {
    return callLineSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw unreadable(place, 'it is no line of a record of calls', cause);
  }
}

const unreadable = (place: string, why: string, cause: unknown): CulpritError =>
  new CulpritError(
    'unreadable_file',
    `${place}: cannot be read (${why}). It says which calls of models are paid for: repair it, or move it away to begin anew`,
    { cause },
  );

const unwritable = (path: string, cause: unknown): CulpritError =>
  new CulpritError('unwritable_file', `${path}: cannot be written (${String(cause)})`, { cause });
