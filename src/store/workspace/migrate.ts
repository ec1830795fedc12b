import { CulpritError } from '../../contract/culprit-error.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';
import type { Pool } from './packages.ts';

/** Held while migrating, so that several processes do it once. Any number; this one is ours. */
const LOCK = 7117;

/**
 * Brings the schema up to date, each step in a transaction.
 * @throws CulpritError `store_failed` for a schema of a newer version.
 */
export async function migrate(
  pool: Pool,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await client.query(
      'CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, name text NOT NULL, at timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await client.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM schema_version',
    );
    const present = rows[0]?.version ?? 0;
    const known = migrations.at(-1)?.version ?? 0;
    if (present > known)
      throw new CulpritError(
        'store_failed',
        `the workspace has schema version ${present}, and this version of culprit knows ${known}: install a newer culprit`,
      );
    for (const { version, name, statements } of migrations) {
      if (version <= present) continue;
      for (const statement of statements) await client.query(statement);
      await client.query('INSERT INTO schema_version (version, name) VALUES ($1, $2)', [
        version,
        name,
      ]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
