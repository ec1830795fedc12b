import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CulpritError } from '../../contract/culprit-error.ts';

/** Copies of files of the user, which nobody else can read. */
export interface FileCopies extends Disposable {
  /** Writes a text as a file of this name into a folder of the copies; returns its path. Throws `unwritable_file`. */
  readonly write: (folder: string, name: string, text: string) => string;
}

/** A folder for temporary files that is gone at the end. Throws CulpritError `unwritable_file`. */
export function fileCopies(): FileCopies {
  const attempt = <Value>(task: () => Value): Value => {
    try {
      return task();
    } catch (error) {
      throw unwritable(error);
    }
  };
  const root = attempt(() => mkdtempSync(join(tmpdir(), 'culprit-fix-')));
  return {
    write: (folder, name, text) =>
      attempt(() => {
        const path = join(root, folder, basename(name));
        mkdirSync(join(root, folder), { recursive: true, mode: 0o700 });
        writeFileSync(path, text, { mode: 0o600 });
        return path;
      }),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

const unwritable = (cause: unknown): CulpritError =>
  new CulpritError(
    'unwritable_file',
    `copies of files cannot be written to ${tmpdir()} (${String(cause)})`,
    { cause },
  );
