import { randomUUID } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { access, constants, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CulpritError } from '../contract/culprit-error.ts';

/**
 * Checks that a file can be written, before the work for it is done: its folder exists and may be
 * written to, it is none of `inputs`, and what is there already is another such file (`isOurs`).
 * @throws CulpritError `invalid_option`
 */
export async function checkWritable(
  path: string,
  inputs: readonly string[],
  isOurs: (head: string) => boolean,
): Promise<void> {
  await access(dirname(path), constants.W_OK).catch((cause: unknown) => {
    throw refused(`there is no folder ${dirname(path)}, or you may not write to it`, path, cause);
  });
  const present = await statOf(path);
  if (present === null) return;
  if (present.isDirectory()) throw refused('it is a folder', path);
  if (!present.isFile()) return;
  for (const input of inputs) {
    const other = await statOf(input);
    if (other !== null && other.dev === present.dev && other.ino === present.ino)
      throw refused('it is one of the input files', path);
  }
  await access(path, constants.W_OK).catch((cause: unknown) => {
    throw refused('you may not write to it', path, cause);
  });
  if (present.size > 0n && !isOurs(await headOf(path)))
    throw refused('there is a file of another kind, which would be lost', path);
}

const statOf = (path: string): Promise<BigIntStats | null> =>
  stat(path, { bigint: true }).catch(() => null);

const HEAD_BYTES = 4096;

async function headOf(path: string): Promise<string> {
  const file = await open(path).catch(() => null);
  if (file === null) return '';
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

const refused = (why: string, path: string, cause?: unknown): CulpritError =>
  new CulpritError('invalid_option', `${path} cannot be written: ${why}. Name another file`, {
    cause,
  });

/**
 * Writes a file that only its owner may read, beside its place, and puts it there when it is whole: an earlier file
 * is replaced or stays as it was. Devices and pipes are written to directly.
 * @throws CulpritError `unwritable_file`
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const present = await statOf(path);
  try {
    if (present !== null && !present.isFile()) await put(path, text, 'w');
    else {
      const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
      try {
        await put(beside, text, 'wx');
        await rename(beside, path);
      } catch (error) {
        await rm(beside, { force: true }).catch(() => {});
        throw error;
      }
    }
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, cause: unknown): CulpritError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const why = code === 'ENOSPC' ? 'the disk is full' : message;
  return new CulpritError('unwritable_file', `${path} cannot be written: ${why}`, { cause });
}

async function put(path: string, text: string, flags: string): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}
