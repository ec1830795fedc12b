import { readFile, stat } from 'node:fs/promises';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Json } from '../contract/json.ts';

const LIMIT = 1_000_000;

/**
 * The file that an option names, parsed; null without the option. Files over 1 MB and files that are not
 * UTF-8 text are rejected; a byte order mark is dropped. `parse` receives the text and `--option file` for errors.
 * @throws CulpritError `unreadable_file`, and what `parse` throws.
 */
export async function readOptionFile<Value>(
  option: string,
  file: string | undefined,
  parse: (text: string, source: string) => Value,
): Promise<Value | null> {
  if (file === undefined) return null;
  return parse(await read(option, file), `${option} ${file}`);
}

/** The JSON in the text of a file that an option names. Throws CulpritError `invalid_option`. */
export function optionJson(text: string, source: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw noJson(source, error);
  }
}

const noJson = (source: string, cause: unknown): CulpritError =>
  new CulpritError('invalid_option', `${source}: not valid JSON (${String(cause)})`, { cause });

async function read(option: string, file: string): Promise<string> {
  const fail = (why: string, cause?: unknown): CulpritError =>
    new CulpritError('unreadable_file', `${option} ${file}: cannot be read (${why})`, { cause });
  const { size } = await stat(file).catch((cause: unknown) => {
    throw fail(reason(cause), cause);
  });
  if (size > LIMIT) throw fail(`it has ${size} bytes, over ${LIMIT}`);
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw fail(reason(cause), cause);
  });
  const text = utf8(bytes);
  if (text === null) throw fail('it is not UTF-8 text');
  return text;
}

function utf8(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const reason = (cause: unknown): string =>
  REASONS[(cause as NodeJS.ErrnoException).code ?? ''] ?? String(cause);

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
};
