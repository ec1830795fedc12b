import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type SqlClient, sqlClient } from '../src/store/telemetry/sql-client.ts';
import { judging, line, pause, receiving } from './ingest/receiving.ts';
import { serverProcess } from './ingest/server-process.ts';

/**
 * How long a finished trace waits until it is judged, and one that failed until it is assigned to a cause, as whoever reads
 * the store sees it: `npm run build && node bench/assignment.ts`. Figures of docs/operations.md.
 */
const { values } = parseArgs({
  options: {
    /** Traces a second, one run each. */
    rates: { type: 'string', default: '100,300' },
    /** Of each rate. */
    seconds: { type: 'string', default: '90' },
  },
});
/** Of a trace, on average. */
const SPANS = 6.5;
/** A trace whose root has ended is finished when nothing came for this long; milliseconds. */
const QUIET = 30_000;
/** Between two looks; milliseconds. */
const LOOK = 50;
/** Rows are written in the order in which traces rest, a batch aside. */
const BEHIND = 5_000;

interface Row {
  readonly id: string;
  readonly at: number;
}

/** Milliseconds from when each trace was finished until its row was seen. */
async function watch(client: SqlClient, sql: string, isOver: () => boolean): Promise<number[]> {
  const seen = new Map<string, number>();
  const begin = Date.now();
  let last = begin;
  while (!isOver()) {
    const rows = await client.rows<Row>(sql, { since: Math.max(begin, last - BEHIND) * 1000 });
    const now = Date.now();
    for (const { id, at } of rows) {
      last = Math.max(last, at);
      if (!seen.has(id)) seen.set(id, now - at - QUIET);
    }
    await pause(LOOK);
  }
  return [...seen.values()].sort((a, b) => a - b);
}

const RECEIVED = `SELECT trace_id AS id, toUnixTimestamp64Micro(received) / 1000 AS at FROM traces
WHERE project = 'default' AND received >= fromUnixTimestamp64Micro({since:Int64})`;
const ASSIGNED = `${RECEIVED} AND failed AND trace_id IN (SELECT trace_id FROM assignments WHERE project = 'default')`;

const shown = (name: string, waits: readonly number[]): string => {
  const at = (share: number): string =>
    ((waits[Math.floor(waits.length * share)] ?? Number.NaN) / 1000).toFixed(2);
  return `${waits.length} ${name} after s: p50 ${at(0.5)}, p99 ${at(0.99)}, worst ${((waits.at(-1) ?? Number.NaN) / 1000).toFixed(2)}`;
};

const folder = await mkdtemp(join(tmpdir(), 'culprit-assignment-'));
const sending = (rate: number, seconds: number, seed: number) => ({
  ...{ url: '', encodings: ['protobuf'] as const, lanes: 8, traces: 20 },
  ...{ rate: rate * SPANS, seconds, seed, now: Date.now() + 120_000 },
});

try {
  line(`load of the machine before: ${loadavg()[0]?.toFixed(1)}`);
  await (await serverProcess(folder)).stop();
  const server = await serverProcess(folder);
  await receiving('for a model', server, sending(100, 20, 1000));
  await judging(server, 900);
  await fetch(`${server.url}/api/v1/analyses?wait=true`, { method: 'POST' });
  const client = sqlClient({ socket: join(folder, 'store.sock') });
  for (const [at, rate] of values.rates.split(',').map(Number).entries()) {
    let isOver = false;
    const watching = Promise.all([
      watch(client, RECEIVED, () => isOver),
      watch(client, ASSIGNED, () => isOver),
    ]);
    await receiving(
      `${rate} traces/s`,
      server,
      sending(rate, Number(values.seconds), 2000 * (at + 1)),
    );
    await judging(server, 900);
    isOver = true;
    const [judged, assigned] = await watching;
    line(`  ${shown('judged', judged)}`);
    line(`  ${shown('failures assigned', assigned)}`);
  }
  await client.close();
  await server.stop();
  line(`load after: ${loadavg()[0]?.toFixed(1)}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
