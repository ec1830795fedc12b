import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SqlClient, sqlClient } from '../../src/store/telemetry/sql-client.ts';
import type { OpenedStore, TraceFilter } from '../../src/store/telemetry/telemetry.ts';
import { openTelemetryStore } from '../../src/store/telemetry/telemetry.ts';
import { line } from './receiving.ts';
import { picker } from './traffic.ts';

const PROJECT = 'default';
const DAY = 86_400_000;
/** Copies are spread over four weeks, in seconds. */
const SPREAD = 28 * 86_400;
/** Spans of which copies are made. */
const BASE = 100_000;
const TICKS = 100;

/**
 * Multiplies the traces of a store inside of the engine until it holds so many spans, spread over four weeks with the trace
 * rows that belong to them, and asks what screens ask: as the rows came, and merged, as the engine does by itself within
 * an hour.
 */
export async function questions(folder: string, spans: number): Promise<void> {
  // Copies are made faster than anything could be received: they and their merges may take more memory than the engine has.
  await withStore(folder, COPYING_BYTES, async (store, client) => {
    await multiply(client, store, spans);
    await settled(client);
  });
  await withStore(folder, undefined, async (store, client) => {
    line('questions, median of 5, as the rows came:');
    await askAll(store, client);
    await client.run('OPTIMIZE TABLE traces FINAL');
    line('merged:');
    await askAll(store, client);
  });
}

const COPYING_BYTES = 4e9;

async function withStore(
  folder: string,
  memoryBytes: number | undefined,
  use: (store: OpenedStore, client: SqlClient) => Promise<void>,
): Promise<void> {
  const store = await openTelemetryStore({
    home: { folder, ...(memoryBytes === undefined ? {} : { memoryBytes }) },
  });
  const client = sqlClient({ socket: join(folder, 'store.sock') });
  try {
    await use(store, client);
  } finally {
    await client.close();
    await store.close();
  }
}

async function multiply(client: SqlClient, store: OpenedStore, spans: number): Promise<void> {
  const before = engineCpu(store);
  const began = performance.now();
  const stored = await numberOf(client, 'SELECT count() AS n FROM records FINAL');
  await client.run('DROP TABLE IF EXISTS base_traces');
  await client.run('DROP TABLE IF EXISTS base_records');
  await client.run(`CREATE TABLE base_traces ENGINE = MergeTree ORDER BY trace_id AS
SELECT * FROM traces FINAL WHERE project = '${PROJECT}' ORDER BY trace_id LIMIT ${Math.round(BASE / 6.5)}`);
  await client.run(`CREATE TABLE base_records ENGINE = MergeTree ORDER BY trace_id AS
SELECT * FROM records FINAL WHERE project = '${PROJECT}' AND trace_id IN (SELECT trace_id FROM base_traces)`);
  const each = await numberOf(client, 'SELECT count() AS n FROM base_records');
  if (each === 0) throw new Error('there is nothing to make copies of: receive something first');
  const copies = Math.max(0, Math.ceil((spans - stored) / each));
  for (let copy = 0; copy < copies; copy++) {
    const id = (of: string): string => `lower(hex(MD5(concat(${of}.trace_id, ' ${copy}'))))`;
    const back = (of: string): string =>
      `toIntervalSecond(cityHash64(${of}.trace_id, ${copy}) % ${SPREAD})`;
    await client.run(`INSERT INTO records SELECT * REPLACE (${id('base_records')} AS trace_id,
  start - ${back('base_records')} AS start, started - 0 AS started) FROM base_records SETTINGS ${INSERT}`);
    await client.run(`INSERT INTO traces SELECT * REPLACE (${id('base_traces')} AS trace_id,
  anchor - ${back('base_traces')} AS anchor, start - ${back('base_traces')} AS start,
  \`end\` - ${back('base_traces')} AS \`end\`) FROM base_traces SETTINGS ${INSERT}`);
  }
  await client.run('DROP TABLE base_traces');
  await client.run('DROP TABLE base_records');
  const held = await numberOf(
    client,
    "SELECT sum(rows) AS n FROM system.parts WHERE active AND table = 'records' AND database = currentDatabase()",
  );
  const rows = await numberOf(
    client,
    "SELECT sum(rows) AS n FROM system.parts WHERE active AND table = 'traces' AND database = currentDatabase()",
  );
  const disk = await numberOf(
    client,
    'SELECT sum(bytes_on_disk) AS n FROM system.parts WHERE active AND database = currentDatabase()',
  );
  const seconds = (performance.now() - began) / 1000;
  line(
    `${held} spans and ${rows} trace rows over four weeks, ${(disk / 1e9).toFixed(2)} GB; ${copies} copies made in ${seconds.toFixed(0)} s, engine CPU ${((engineCpu(store) - before) / 1e6).toFixed(0)} s`,
  );
}

/** Blocks that fit into the memory of the engine. */
const INSERT =
  'max_block_size = 2048, max_insert_block_size = 16384, min_insert_block_size_rows = 16384, min_insert_block_size_bytes = 33554432, max_threads = 1, max_insert_threads = 1, optimize_on_insert = 0';

const numberOf = async (client: SqlClient, sql: string): Promise<number> =>
  Number((await client.rows<{ n: number }>(sql, {}, { seconds: 3600 }))[0]?.n ?? 0);

/** Waits for merges that are under way, five minutes at most. */
async function settled(client: SqlClient): Promise<void> {
  for (let second = 0; second < 300; second++) {
    if ((await numberOf(client, 'SELECT count() AS n FROM system.merges')) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function askAll(store: OpenedStore, client: SqlClient): Promise<void> {
  const parts = await client.rows<{ t: string; n: number }>(
    "SELECT table AS t, count() AS n FROM system.parts WHERE active AND database = currentDatabase() AND table IN ('records', 'traces') GROUP BY t ORDER BY t",
  );
  line(`  parts: ${parts.map(({ t, n }) => `${t} ${n}`).join(', ')}`);
  const pick = picker(11);
  const now = Date.now();
  const some = await client.rows<{ traceId: string; output: string }>(
    `SELECT trace_id AS traceId, output FROM traces WHERE project = '${PROJECT}' AND cityHash64(trace_id) % 10007 = 5 LIMIT 40`,
  );
  const trace = (): string => some[pick(some.length)]?.traceId ?? '';
  const word = (): string =>
    some[pick(some.length)]?.output.match(/[A-Za-z]{6,}/g)?.[pick(10)] ?? 'failure';
  /** Each time another, so that no answer is remembered. */
  const all = (): TraceFilter => ({ project: PROJECT, to: now + DAY - pick(1e6) });
  const six = (): TraceFilter => ({
    ...{ project: PROJECT, from: now - 14 * DAY, status: 'ok', failed: false },
    ...{ model: `model-${pick(3)}`, tenant: `tenant-${pick(200)}`, environment: 'production' },
  });
  const asked: readonly (readonly [string, number, () => Promise<unknown>])[] = [
    ['newest 50', 300, () => store.newest(all(), { limit: 50 })],
    ['newest 50, six conditions', 300, () => store.newest(six(), { limit: 50 })],
    ['count, six conditions', 300, () => store.count(six())],
    ['one trace: its row', 100, () => store.traceOf(PROJECT, trace())],
    ['one trace: its records', 100, () => store.recordsOf(PROJECT, trace())],
    ['funnel', 1000, () => store.funnel(all())],
    ['counts by version', 1000, () => store.countsBy(all(), ['release'])],
    ['counts by version and tenant', 1000, () => store.countsBy(all(), ['release', 'tenant'])],
    ['count by a word', 300, () => store.count({ ...all(), words: word() })],
    ['newest 50 with a word', 600, () => store.newest({ ...all(), words: word() }, { limit: 50 })],
  ];
  for (const [name, target, question] of asked) {
    const walls: number[] = [];
    const before = engineCpu(store);
    for (let round = 0; round < 5; round++) {
      const at = performance.now();
      await question();
      walls.push(performance.now() - at);
    }
    const cpu = (engineCpu(store) - before) / 1000 / 5;
    const wall = walls.sort((a, b) => a - b)[2] ?? Number.NaN;
    const verdict = wall <= target ? 'met' : 'MISSED';
    line(
      `  ${name.padEnd(30)} ${wall.toFixed(0).padStart(6)} ms, CPU ${cpu.toFixed(0).padStart(5)} ms; target ${target} ms ${verdict}`,
    );
  }
}

/** CPU of the engine's process so far, in microseconds, from /proc. */
function engineCpu(store: OpenedStore): number {
  const stat = readFileSync(`/proc/${store.engine?.pid()}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / TICKS) * 1e6;
}
