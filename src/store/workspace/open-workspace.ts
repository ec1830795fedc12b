import { randomBytes } from 'node:crypto';
import { CulpritError } from '../../contract/culprit-error.ts';
import { type EmbeddedDatabase, startEmbedded } from './embedded/embedded-database.ts';
import { guardedDatabase } from './guarded-database.ts';
import { bossQueue } from './jobs/boss-queue.ts';
import type { JobQueue } from './jobs/job-queue.ts';
import { migrate } from './migrate.ts';
import { openPool } from './open-pool.ts';
import type { PoolConfig } from './packages.ts';
import { postgresWorkspace } from './postgres-workspace.ts';
import type { Workspace } from './workspace-types.ts';

/** A folder for the embedded database, or the address of a PostgreSQL server (15 or newer). */
type WorkspaceHome = { readonly folder: string } | { readonly url: string };

/**
 * Opens the workspace and brings its schema up to date.
 * @throws CulpritError `store_unavailable` when the database cannot be reached or PGlite is missing, `store_failed` for a
 * newer schema.
 */
export async function openWorkspace(
  home: WorkspaceHome,
  clock: () => number = Date.now,
): Promise<Workspace> {
  const embedded = 'folder' in home ? await startEmbedded(home.folder) : null;
  const pool = openPool(
    'url' in home ? { connectionString: home.url, max: 10 } : addressOf(embedded!),
  );
  const close = async (): Promise<void> => {
    await pool.end();
    await embedded?.stop();
  };
  const database = guardedDatabase(pool);
  let jobs: JobQueue;
  try {
    await migrate(pool);
    jobs = await bossQueue({ pool, database, isEmbedded: embedded !== null });
  } catch (cause) {
    await close();
    throw cause instanceof CulpritError ? cause : unopened(cause);
  }
  return postgresWorkspace({
    ...{ pool, database, clock, jobs },
    newSalt: () => randomBytes(24).toString('base64url'),
    close,
  });
}

const unopened = (cause: unknown): CulpritError =>
  new CulpritError('store_unavailable', `the workspace cannot be opened: ${cause}`, { cause });

/** The embedded database runs one statement after the other, so few connections are enough. */
const addressOf = ({ folder, port }: EmbeddedDatabase): PoolConfig => ({
  host: folder,
  port,
  user: 'postgres',
  database: 'postgres',
  max: 4,
});
