import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CulpritError } from '../contract/culprit-error.ts';

/** Files that lie at the same place below `src` and, after a build, below `dist`. */
const PATHS = {
  'static-model': 'embed/static/model/minilm-l6-256.bin',
} as const;

/** The bytes of a data file of the package. Throws `not_built` when it is not there. */
export async function readAsset(name: keyof typeof PATHS): Promise<Uint8Array> {
  const path = resolve(import.meta.dirname, '..', PATHS[name]);
  try {
    return await readFile(path);
  } catch (cause) {
    throw missing(path, cause);
  }
}

const missing = (path: string, cause: unknown): CulpritError =>
  new CulpritError(
    'not_built',
    `${path} is missing. Install culprit again; in a checkout, restore the file.`,
    { cause },
  );
