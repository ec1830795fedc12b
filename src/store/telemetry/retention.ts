import { ROW_TABLES } from './encode/encode-rows.ts';
import type { SqlClient } from './sql-client.ts';

/** Moves the day on which rows of a project expire. The engine drops expired rows when it merges; to it, day 0 is never. */
export async function extendExpiry(
  client: SqlClient,
  project: string,
  days: number,
): Promise<void> {
  for (const table of ROW_TABLES) {
    await client.run(
      `ALTER TABLE ${table} UPDATE expires = toDate(toUInt16(greatest(1, least(65535, toInt32(expires) + {days:Int32}))))
WHERE project = {project:String}`,
      { project, days: Math.round(days) },
      { settings: { mutations_sync: 2 } },
    );
  }
}
