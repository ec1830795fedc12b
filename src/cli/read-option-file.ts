import { readFile, stat } from 'node:fs/promises';
import { CulpritError } from '../contract/culprit-error.ts';

const LIMIT = 1_000_000;

/**
 * The file an option names, parsed; null when the option was not given. Files over 1 MB are refused.
 * @throws CulpritError `unreadable_file`, and what `parse` throws.
 */
export async function readOptionFile<Value>(
  option: string,
  file: string | undefined,
  parse: (text: string, file: string) => Value,
): Promise<Value | null> {
  if (file === undefined) return null;
  return parse(await read(option, file), file);
}

async function read(option: string, file: string): Promise<string> {
  const fail = (why: string, cause?: unknown): CulpritError =>
    new CulpritError('unreadable_file', `${option} ${file}: cannot be read (${why})`, { cause });
  const { size } = await stat(file).catch((cause: unknown) => {
    throw fail(String(cause), cause);
  });
  if (size > LIMIT) throw fail(`it has ${size} bytes, over ${LIMIT}`);
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw fail(String(cause), cause);
  });
}
