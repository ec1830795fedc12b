import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CulpritError } from '../contract/culprit-error.ts';
import { writeWhole } from './write-whole.ts';

/** Larger files are no suites that people keep in git. */
const LARGEST = 500_000_000;

/** A file of a folder of suites. */
export interface SuiteFileText {
  readonly path: string;
  readonly text: string;
}

/**
 * The YAML and JSON Lines files of a folder in order of their names; of one YAML file, it and the JSON Lines files
 * beside it. Empty for a folder that is not there.
 * @throws CulpritError `unreadable_file`
 */
export async function readSuiteFolder(path: string): Promise<readonly SuiteFileText[]> {
  const info = await stat(path).catch(() => null);
  if (info === null) return [];
  const folder = info.isDirectory() ? path : dirname(path);
  const names = (await readdir(folder).catch((error: unknown) => fail(folder, error))).sort();
  const files: SuiteFileText[] = [];
  for (const name of names) {
    const file = join(folder, name);
    const isSuite = /\.ya?ml$/.test(name) && (info.isDirectory() || file === join(path));
    if (isSuite || name.endsWith('.jsonl')) files.push({ path: file, text: await textOf(file) });
  }
  return files;
}

/** The text of one file. Throws `unreadable_file`. */
export async function textOf(path: string): Promise<string> {
  const { size } = await stat(path).catch((error: unknown) => fail(path, error));
  if (size > LARGEST) fail(path, new Error(`it has ${size} bytes, over ${LARGEST}`));
  const bytes = await readFile(path).catch((error: unknown) => fail(path, error));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    return fail(path, new Error('it is not UTF-8 text', { cause: error }));
  }
}

/** Writes files whole, their folder made where it is missing. Throws `unwritable_file`. */
export async function writeSuiteFiles(files: readonly SuiteFileText[]): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(path), { recursive: true }).catch((cause: unknown) => {
      throw new CulpritError(
        'unwritable_file',
        `${dirname(path)} cannot be made: ${String(cause)}`,
        { cause },
      );
    });
    await writeWhole(path, text);
  }
}

function fail(path: string, cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  throw new CulpritError('unreadable_file', `${path}: cannot be read (${why})`, { cause });
}
