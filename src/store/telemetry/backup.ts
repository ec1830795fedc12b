import { CulpritError } from '../../contract/culprit-error.ts';
import { deleteBuried } from './deletion.ts';
import type { SqlClient } from './sql-client.ts';

/** Where backups are, and what the database is called. */
export interface BackupHome {
  readonly database: string;
  /** Folder before each name, with a slash at its end; '' where the server has a folder of its own for them. */
  readonly folder: string;
}

/** Copies the database to a folder while it serves. */
export async function backUp(client: SqlClient, home: BackupHome, name: string): Promise<void> {
  await client.run(`BACKUP DATABASE ${home.database} TO File({path:String})`, pathOf(home, name));
}

/**
 * Puts a backup in the place of the database. It is read whole beside the present one before it takes its place, and what was
 * deleted since it was made is deleted again.
 */
export async function restoreFrom(
  client: SqlClient,
  home: BackupHome,
  name: string,
): Promise<void> {
  const { database } = home;
  const [restored, old] = [`${database}_restored`, `${database}_old`];
  await client.run(`DROP DATABASE IF EXISTS ${restored} SYNC`);
  await client.run(
    `RESTORE DATABASE ${database} AS ${restored} FROM File({path:String})`,
    pathOf(home, name),
  );
  await client.run(
    `INSERT INTO ${restored}.tombstones SELECT * FROM ${database}.tombstones WHERE (project, trace_id) NOT IN (SELECT project, trace_id FROM ${restored}.tombstones)`,
  );
  await client.run(`DROP DATABASE IF EXISTS ${old} SYNC`);
  await client.run(`RENAME DATABASE ${database} TO ${old}`);
  await client.run(`RENAME DATABASE ${restored} TO ${database}`);
  await client.run(`DROP DATABASE ${old} SYNC`);
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
