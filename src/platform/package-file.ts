import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CulpritError } from '../contract/culprit-error.ts';

const root = new URL('../../', import.meta.url);

/** Data files with the same path below `src` and, after a build, below `dist`. */
const ASSETS = {
  'static-model': '../embed/static/model/minilm-l6-256.bin',
} as const;

/** Version of the installed package. */
export async function packageVersion(): Promise<string> {
  const text = await readFile(new URL('package.json', root), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/**
 * Path of a built file below `dist/`: the same whether the sources run unbuilt
 * (`src/platform/…`) or built (`dist/platform/…`).
 */
export const builtFile = (name: string): string => fileURLToPath(new URL(`dist/${name}`, root));

/** @throws CulpritError `not_built` when the build has not been run. */
export const readBuilt = (name: string): Promise<string> =>
  readFile(builtFile(name), 'utf8').catch(missing(builtFile(name), 'run `npm run build` once'));

/** The bytes of a data file of the package. Throws `not_built` if it is missing. */
export const readAsset = (name: keyof typeof ASSETS): Promise<Uint8Array> => {
  const path = fileURLToPath(new URL(ASSETS[name], import.meta.url));
  return readFile(path).catch(
    missing(path, 'reinstall culprit, or restore the file in a checkout'),
  );
};

const missing =
  (path: string, todo: string) =>
  (cause: unknown): never => {
    throw new CulpritError('not_built', `${path} is missing: ${todo}`, { cause });
  };
