import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CulpritError } from '../../contract/culprit-error.ts';
import { bytes } from '../../text/format.ts';
import { deleteBuried } from './deletion.ts';
import { freeBytes } from './free-bytes.ts';
import type { SqlClient } from './sql-client.ts';
import type { StoredBackup } from './telemetry-store.ts';

/** Where backups are, and what the database is called. */
export interface BackupHome {
  readonly database: string;
  /** Folder before each name, with a slash at its end; '' where the server has a folder of its own for them. */
  readonly folder: string;
}

/** What the engine writes last, and what it has in the folder until then. */
const WHOLE = '.backup';
const UNFINISHED = '.lock';

/** The copies that are whole, the newest first; null where a server keeps them. */
export async function backupsIn({ folder }: BackupHome): Promise<readonly StoredBackup[] | null> {
  if (folder === '') return null;
  const found: StoredBackup[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const whole = await stat(join(path, WHOLE)).catch(() => null);
    if (whole === null || existsSync(join(path, UNFINISHED))) continue;
    found.push({ name: entry.name, made: Math.round(whole.mtimeMs), bytes: await bytesIn(path) });
  }
  return found.toSorted((a, b) => b.made - a.made);
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  return bytes;
}

/** Copies the database to a folder while it serves. What breaks off is taken away again, where the folder is at hand. */
export async function backUp(client: SqlClient, home: BackupHome, name: string): Promise<void> {
  const { path } = pathOf(home, name);
  const isAtHand = home.folder !== '';
  if (isAtHand && existsSync(path))
    throw new CulpritError(
      'invalid_input',
      `there is a backup ${name} already: choose another name, or remove its folder`,
    );
  const write = (): Promise<void> =>
    client.run(`BACKUP DATABASE ${home.database} TO File({path:String})`, { path });
  if (!isAtHand) return write();
  const needed = await bytesOf(client, home.database);
  const checkSpace = async (cause?: unknown): Promise<void> => {
    const free = await freeBytes(home.folder);
    if (free < needed) throw diskFull(name, free, needed, cause);
  };
  await checkSpace();
  try {
    await write();
  } catch (error) {
    // Where it cannot write, the engine says that there is a backup already: its own. So the disk is asked, before there is space again.
    await checkSpace(error).finally(() => rm(path, { recursive: true, force: true }));
    throw notWritten(name, error);
  }
}

function notWritten(name: string, cause: unknown): CulpritError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const text = `the backup ${name} could not be written: ${why}`;
  return new CulpritError('store_unavailable', text, { cause });
}

/** Of everything that a copy holds, and a little beside. */
async function bytesOf(client: SqlClient, database: string): Promise<number> {
  const [row] = await client.rows<{ bytes: number }>(
    'SELECT sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND database = {database:String}',
    { database },
  );
  return Number(row?.bytes ?? 0) + BESIDE;
}

/** Bytes of schemas, lists of files and checksums. */
const BESIDE = 1 << 20;

function diskFull(name: string, free: number, needed: number, cause?: unknown): CulpritError {
  const text = `the disk is full: the backup ${name} needs ${bytes(needed)} of space, and ${bytes(free)} are free; nothing is left of it`;
  return new CulpritError('store_unavailable', text, { cause });
}

/**
 * Puts a backup in the place of the database. It is read whole beside the present one, then changes places with it table by
 * table; run again, it goes on where it broke off. What was deleted since it was made is deleted again.
 */
export async function restoreFrom(
  client: SqlClient,
  home: BackupHome,
  name: string,
): Promise<void> {
  const { database } = home;
  const place = pathOf(home, name);
  const backups = await backupsIn(home);
  if (backups !== null && !backups.some((each) => each.name === name))
    throw new CulpritError(
      'invalid_input',
      `there is no backup ${name}; there are: ${backups.map((each) => each.name).join(', ') || 'none'}`,
    );
  const [read, fresh] = [`${database}_read`, `${database}_fresh`];
  const drop = async (names: readonly string[]): Promise<void> => {
    for (const each of names) await client.run(`DROP DATABASE IF EXISTS ${each} SYNC`);
  };
  await drop([read, fresh]);
  await client.run(`RESTORE DATABASE ${database} AS ${read} FROM File({path:String})`, place);
  await client.run(`CREATE DATABASE ${fresh}`);
  const tables = await client.rows<{ name: string }>(
    'SELECT name FROM system.tables WHERE database = {read:String}',
    { read },
  );
  for (const { name: table } of tables) {
    // Parts as restored keep the number of their last mutation, and would be passed over by new ones until these have higher numbers.
    await client.run(`CREATE TABLE ${fresh}.${table} AS ${read}.${table}`);
    await client.run(`ALTER TABLE ${fresh}.${table} ATTACH PARTITION ALL FROM ${read}.${table}`);
  }
  await client.run(
    `INSERT INTO ${fresh}.tombstones SELECT * FROM ${database}.tombstones
WHERE (project, trace_id) NOT IN (SELECT project, trace_id FROM ${fresh}.tombstones)`,
  );
  for (const { name: table } of tables)
    await client.run(`EXCHANGE TABLES ${database}.${table} AND ${fresh}.${table}`);
  await drop([read, fresh]);
  const projects = await client.rows<{ project: string }>(
    'SELECT DISTINCT project FROM tombstones',
  );
  for (const { project } of projects) await deleteBuried(client, project);
}

/** @throws CulpritError `invalid_input` */
function pathOf({ folder }: BackupHome, name: string): { readonly path: string } {
  if (/^\w[\w.-]*$/.test(name) && name.length <= 100) return { path: `${folder}${name}` };
  throw new CulpritError(
    'invalid_input',
    `backup “${name}”: a name has letters, digits, dots, hyphens and underscores only`,
  );
}
