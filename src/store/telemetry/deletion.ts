import { setTimeout as sleep } from 'node:timers/promises';
import { OWNER_KEYS } from '../../collect/collect.ts';
import { ROW_TABLES } from './encode/encode-rows.ts';
import type { RowTable } from './row-batch.ts';
import type { SqlClient } from './sql-client.ts';
import type { ForgetTarget, Forgotten } from './telemetry-store.ts';
import type { Tombstones } from './tombstones.ts';

export interface DeletionDeps {
  readonly client: SqlClient;
  readonly tombstones: Tombstones;
  /** Resolves when what waits is written. */
  readonly drain: () => Promise<void>;
}

/**
 * Deletes traces with all that belongs to them. First tombstones, so that nothing comes back, then the rows by a mutation that
 * writes the parts anew, then it waits until the old parts are off the disk.
 */
export async function forget(target: ForgetTarget, deps: DeletionDeps): Promise<Forgotten> {
  const { client, tombstones, drain } = deps;
  await drain();
  const ids = await traceIds(target, client);
  if (ids.length === 0) return { traces: 0 };
  await tombstones.add(target.project, ids);
  await drain();
  await deleteBuried(client, target.project);
  return { traces: ids.length };
}

/** Deletes whatever has a tombstone; also after a restore, which brings back what was deleted since. */
export async function deleteBuried(client: SqlClient, project: string): Promise<void> {
  for (const table of IN_ORDER) {
    await client.run(
      `ALTER TABLE ${table} DELETE WHERE project = {project:String} AND ${buried(table)}`,
      { project },
      { settings: MUTATION },
    );
  }
  const old = await inactiveParts(client);
  while ((await partsAmong(client, old)) > 0) await sleep(POLL_MS);
}

/** Rows of traces go last: a deletion that broke off finds by them what it was about, when it is asked for again. */
const IN_ORDER: readonly RowTable[] = [
  ...ROW_TABLES.filter((table) => table !== 'traces'),
  'traces',
];

/** What a row belongs to is deleted: its trace; of a text, the traces that are known to hold it. */
function buried(table: RowTable): string {
  const columns = table === 'definitions' ? ['least_trace', 'greatest_trace'] : ['trace_id'];
  const among = 'IN (SELECT trace_id FROM tombstones WHERE project = {project:String})';
  return columns.map((column) => `${column} ${among}`).join(' AND ');
}

/** Waits until the mutation is done on every replica. */
const MUTATION = { mutations_sync: 2, allow_nondeterministic_mutations: 1 } as const;
const POLL_MS = 500;

async function traceIds(target: ForgetTarget, client: SqlClient): Promise<readonly string[]> {
  if ('traceId' in target) return [target.traceId];
  const [column, value] =
    'user' in target ? (['user', target.user] as const) : (['tenant', target.tenant] as const);
  const rows = await client.rows<{ trace_id: string }>(
    `SELECT DISTINCT trace_id FROM traces WHERE project = {project:String} AND ${column} = {value:String}
UNION DISTINCT ${unassembledOf(OWNER_KEYS[column])}`,
    { project: target.project, value, json: JSON.stringify(value) },
  );
  return rows.map(({ trace_id }) => trace_id);
}

/** Traces without a row, by what their spans say, as a text or a number; the other traces are known by their rows. */
const unassembledOf = (keys: readonly string[]): string => {
  const among = (column: string): string =>
    keys
      .map((key) => `JSONExtractRaw(${column}, '${key}') IN ({json:String}, {value:String})`)
      .join(' OR ');
  return `SELECT DISTINCT trace_id FROM records WHERE project = {project:String}
AND trace_id NOT IN (SELECT trace_id FROM traces WHERE project = {project:String})
AND (${among('attributes')} OR ${among('resource')})`;
};

const PART = "concat(table, '/', name)";

/** Parts with rows that were merged or written anew, and wait to be taken off the disk. */
async function inactiveParts(client: SqlClient): Promise<readonly string[]> {
  const rows = await client.rows<{ part: string }>(
    `SELECT ${PART} AS part FROM system.parts WHERE database = currentDatabase() AND NOT active AND rows > 0 AND table IN {tables:Array(String)}`,
    { tables: ROW_TABLES },
  );
  return rows.map(({ part }) => part);
}

async function partsAmong(client: SqlClient, parts: readonly string[]): Promise<number> {
  if (parts.length === 0) return 0;
  const [row] = await client.rows<{ n: number }>(
    `SELECT count() AS n FROM system.parts WHERE database = currentDatabase() AND ${PART} IN {parts:Array(String)}`,
    { parts },
  );
  return row?.n ?? 0;
}
