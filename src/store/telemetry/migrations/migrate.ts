import { CulpritError } from '../../../contract/culprit-error.ts';
import type { SqlClient } from '../sql-client.ts';
import { initial } from './0001-initial.ts';
import { sources } from './0002-sources.ts';
import { definitions } from './0003-definitions.ts';
import { scorePlaces } from './0004-score-places.ts';
import { weight } from './0005-weight.ts';
import { dialect, type Migration } from './migration.ts';

/** In order; never changed once released. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  sources,
  definitions,
  scorePlaces,
  weight,
];

/** The schema that this version of Culprit works with. */
export const SCHEMA_VERSION: number = MIGRATIONS.length;

/**
 * Brings the schema forward. What ran before is not run again; a step that broke off is.
 * @throws CulpritError `store_failed` when a newer Culprit made the schema.
 */
export async function migrate(
  client: SqlClient,
  cluster: string | null,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const made = dialect(cluster);
  await client.run(
    made.create('schema_version', 'MergeTree')`(
  version UInt32,
  name String,
  at DateTime('UTC') DEFAULT now()
)
ORDER BY version`,
  );
  const [row] = await client.rows<{ version: number }>(
    'SELECT max(version) AS version FROM schema_version',
  );
  const present = row?.version ?? 0;
  if (present > migrations.length) {
    const found = `its schema has version ${present}, this Culprit knows ${migrations.length}`;
    throw new CulpritError(
      'store_failed',
      `the trace store was made by a newer Culprit: ${found}; update Culprit`,
    );
  }
  for (const { version, name, statements } of migrations.slice(present)) {
    for (const statement of statements(made)) await client.run(statement);
    await client.run(
      'INSERT INTO schema_version (version, name) SELECT {version:UInt32}, {name:String}',
      {
        version,
        name,
      },
    );
  }
}
