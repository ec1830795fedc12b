import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CulpritError } from '../contract/culprit-error.ts';

/**
 * Makes a folder, and those above it that are missing, for its user only. Step by step: `mkdir` with `recursive` never
 * ends where a folder exists and refuses what is in it as if it did not, as `/proc` does.
 * @throws CulpritError `unwritable_file`
 */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  try {
    for (let at = resolve(path); !(await isFolder(at)); at = dirname(at)) missing.unshift(at);
    for (const folder of missing) await mkdir(folder, { mode: 0o700 }).catch(unlessThere);
  } catch (cause) {
    throw folderUnusable(path, cause);
  }
}

/** The error about a folder that cannot be made or written. */
export const folderUnusable = (path: string, cause: unknown): CulpritError =>
  new CulpritError(
    'unwritable_file',
    `the folder ${path} cannot be used (${(cause as NodeJS.ErrnoException).code ?? cause}): name one that can be made and written`,
    { cause },
  );

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => {
      if (found.isDirectory()) return true;
      throw Object.assign(new Error(`${path} is a file`), { code: 'ENOTDIR' });
    },
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );

/** Another process may have made it meanwhile. */
function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
