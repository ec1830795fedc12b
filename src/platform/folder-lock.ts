import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CulpritError } from '../contract/culprit-error.ts';
import { folderUnusable, makeFolder } from './make-folder.ts';

/** A folder that belongs to this process until it lets go or ends. */
export interface FolderLock {
  readonly release: () => Promise<void>;
}

interface Holder {
  readonly pid: number;
  /** When that process began, as the system tells it: another process may have the same number later. */
  readonly began: string;
}

/**
 * Takes a folder, which is made when missing. The lock of a process that lives is never taken away, however long it is silent.
 * @throws CulpritError `invalid_input` when a living process has it, `unwritable_file` for a folder that cannot be used.
 */
export async function folderLock(folder: string): Promise<FolderLock> {
  await makeFolder(folder);
  const path = join(folder, 'lock');
  const id = randomUUID();
  const own = `${path}.${id}`;
  const mine = JSON.stringify({ pid: process.pid, began: beganAt(process.pid), id });
  await writeFile(own, mine, { mode: 0o600 }).catch((cause: unknown) => {
    throw folderUnusable(folder, cause);
  });
  try {
    // A link is made whole or not at all, so that nobody reads half a lock.
    while (!(await linked(own, path))) await clearAway(folder, path);
  } finally {
    await rm(own, { force: true });
  }
  return {
    async release() {
      if ((await textOf(path)) === mine) await rm(path, { force: true });
    },
  };
}

const linked = (from: string, to: string): Promise<boolean> =>
  link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );

/** Moves the lock of a dead process out of the way. Throws when the holder lives. */
async function clearAway(folder: string, path: string): Promise<void> {
  const found = await textOf(path);
  if (found === null) return;
  const holder = holderOf(found);
  if (holder !== null && isAlive(holder)) {
    const who = holder.pid === process.pid ? 'this process' : `process ${holder.pid}`;
    throw new CulpritError(
      'invalid_input',
      `${folder} is in use by ${who}: stop it, or name another folder`,
    );
  }
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch(() => {});
  const moved = await textOf(aside);
  // Another process was quicker, and this moved its fresh lock: it gets it back.
  if (moved !== null && moved !== found) await linked(aside, path);
  await rm(aside, { force: true });
}

const textOf = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);

function holderOf(text: string): Holder | null {
  try {
    const { pid, began } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' && typeof began === 'string' ? { pid, began } : null;
  } catch {
    return null;
  }
}

const isAlive = ({ pid, began }: Holder): boolean => beganAt(pid) === began && began !== '';

/** When a process began, in whatever terms the system has; '' when there is no such process. */
function beganAt(pid: number): string {
  try {
    // Field 22 of stat; the name before it may hold spaces.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return process.platform === 'linux' ? '' : startOf(pid);
  }
}

function startOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
