import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CulpritError } from '../contract/culprit-error.ts';

const root = new URL('../../', import.meta.url);

/** Version of the installed package. */
export async function packageVersion(): Promise<string> {
  const text = await readFile(new URL('package.json', root), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/**
 * Path of a file that the build makes, below `dist/`: the same whether the sources run unbuilt
 * (`src/platform/…`) or built (`dist/platform/…`).
 */
export const builtFile = (name: string): string => fileURLToPath(new URL(`dist/${name}`, root));

/** @throws CulpritError `not_built` when the build has not been run. */
export const readBuilt = (name: string): Promise<string> =>
  readFile(builtFile(name), 'utf8').catch((cause: unknown) => {
    throw new CulpritError(
      'not_built',
      `${builtFile(name)} is missing: run \`npm run build\` once`,
      { cause },
    );
  });
