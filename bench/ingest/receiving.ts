import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sqlClient } from '../../src/store/telemetry/sql-client.ts';
import type { Sending, Sent } from './sender.ts';
import type { ServerProcess } from './server-process.ts';

export const line = (text: string): void => void process.stdout.write(`${text}\n`);

const SENDER = fileURLToPath(new URL('sender.ts', import.meta.url));
const MB = 1e6;

const send = (sending: Sending): Promise<Sent> =>
  new Promise((resolve, reject) => {
    const child = fork(SENDER, [JSON.stringify(sending)], {
      execArgv: ['--max-semi-space-size=32'],
    });
    child.once('message', (sent) => resolve(sent as Sent));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the sender ended with code ${code}`)));
  });

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Sends for a while and prints what it took. */
export async function receiving(
  name: string,
  server: ServerProcess,
  sending: Sending,
): Promise<Sent> {
  const before = server.cpu();
  const start = await server.metrics();
  const peak = { main: 0, engine: 0, sum: 0, delay: 0, backlog: 0, age: 0, spool: 0 };
  let done = false;
  const watching = (async () => {
    while (!done) {
      await pause(1000);
      const { main, engine } = server.memory();
      peak.main = Math.max(peak.main, main);
      peak.engine = Math.max(peak.engine, engine);
      peak.sum = Math.max(peak.sum, main + engine);
      const now = await server.metrics();
      peak.delay = Math.max(peak.delay, now['loop_delay_p99_seconds'] ?? 0);
      peak.backlog = Math.max(peak.backlog, now['backlog_traces'] ?? 0);
      peak.age = Math.max(peak.age, now['backlog_seconds'] ?? 0);
      peak.spool = Math.max(peak.spool, now['spool_bytes'] ?? 0);
    }
  })();
  const sent = await send({ ...sending, url: server.url });
  const after = server.cpu();
  const end = await server.metrics();
  done = true;
  await watching;
  const { spans, seconds } = sent;
  const asJson = ((spans / seconds) * sent.jsonBytes) / MB;
  const refused = Object.entries(sent.refused).map(([status, times]) => `${times}× ${status}`);
  line(
    `${name}: ${(spans / seconds).toFixed(0)} spans/s, ${(sent.bytes / seconds / MB).toFixed(1)} MB/s on the wire (${asJson.toFixed(1)} MB/s as JSON) for ${seconds.toFixed(0)} s`,
  );
  line(
    `  acknowledged after ms: p50 ${sent.p50.toFixed(0)}, p99 ${sent.p99.toFixed(0)}, worst ${sent.worst.toFixed(0)}; sent again: ${refused.join(', ') || 'none'}`,
  );
  const finished = (end['finished_traces'] ?? 0) - (start['finished_traces'] ?? 0);
  line(
    `  traces: ${(sent.traces / seconds).toFixed(0)}/s arrived, ${(finished / seconds).toFixed(0)}/s judged; backlog at most ${peak.backlog}, oldest ${peak.age.toFixed(0)} s; spool ${(peak.spool / MB).toFixed(0)} MB`,
  );
  const used = Object.entries(after)
    .map(([process, cpu]) => [process, cpu - (before[process] ?? 0)] as const)
    .filter(([, cpu]) => cpu / spans >= 0.05)
    .sort(([, a], [, b]) => b - a)
    .map(([process, cpu]) => `${process} ${(cpu / spans).toFixed(1)}`);
  line(`  CPU µs a span: ${used.join(', ')}, sender ${(sent.cpu / spans).toFixed(1)}`);
  line(
    `  memory MB: main ${(peak.main / MB).toFixed(0)}, engine ${(peak.engine / MB).toFixed(0)}, sum ${(peak.sum / MB).toFixed(0)}; loop delay p99 of the worst minute ${(peak.delay * 1000).toFixed(0)} ms`,
  );
  return sent;
}

/** Waits until everything is judged, and prints how fast that goes without new traces. */
export async function judging(server: ServerProcess, most: number): Promise<void> {
  const before = server.cpu();
  const start = await server.metrics();
  const began = performance.now();
  let now = start;
  while (performance.now() - began < most * 1000) {
    await pause(500);
    now = await server.metrics();
    if ((now['open_traces'] ?? 0) + (now['backlog_traces'] ?? 0) === 0) break;
  }
  const seconds = (performance.now() - began) / 1000;
  const finished = (now['finished_traces'] ?? 0) - (start['finished_traces'] ?? 0);
  const cpu = Object.entries(server.cpu())
    .map(([process, used]) => [process, used - (before[process] ?? 0)] as const)
    .filter(([, used]) => used / finished >= 1)
    .sort(([, a], [, b]) => b - a)
    .map(([process, used]) => `${process} ${(used / finished / 1000).toFixed(2)}`);
  line(
    `judging what was left: ${finished} traces in ${seconds.toFixed(0)} s, waiting included; CPU ms a trace: ${cpu.join(', ')}; left ${now['backlog_traces']}`,
  );
}

/** Whether each acknowledged span is stored once, and each trace has its row. */
export async function checkStored(folder: string, sent: readonly Sent[]): Promise<void> {
  const client = sqlClient({ socket: join(folder, 'store.sock') });
  const sum = (of: (each: Sent) => number): number => sent.reduce((all, each) => all + of(each), 0);
  const one = async (sql: string): Promise<number> =>
    (await client.rows<{ n: number }>(sql, {}, { seconds: 600 }))[0]?.n ?? 0;
  const spans = await one("SELECT count() AS n FROM records FINAL WHERE project = 'default'");
  const traces = await one(
    "SELECT uniqExact(trace_id) AS n FROM records WHERE project = 'default'",
  );
  const rows = await one("SELECT count() AS n FROM traces FINAL WHERE project = 'default'");
  const whole = await one(
    "SELECT countIf(span_count IN (6, 7)) AS n FROM traces FINAL WHERE project = 'default'",
  );
  await client.close();
  line(
    `acknowledged ${sum((each) => each.spans)} spans of ${sum((each) => each.traces)} traces; stored ${spans} of ${traces}; trace rows ${rows}, whole ${whole}`,
  );
  if (spans !== sum((each) => each.spans) || traces !== sum((each) => each.traces)) {
    line('  WRONG: what is stored is not what was acknowledged');
    process.exitCode = 1;
  }
}
