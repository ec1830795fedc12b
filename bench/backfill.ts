import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { judging, line, pause, receiving } from './ingest/receiving.ts';
import { type ServerProcess, serverProcess } from './ingest/server-process.ts';

/**
 * How fast stored traces are judged again after an upgrade while others arrive: `npm run build && node bench/backfill.ts`.
 * Figures of docs/operations.md. The command fails when one is left.
 */
const { values } = parseArgs({
  options: {
    /** Traces to be judged again, made by the sender. */
    traces: { type: 'string', default: '100000' },
    /** A file whose traces are imported instead. */
    file: { type: 'string' },
    /** Traces a second that arrive meanwhile. */
    rate: { type: 'string', default: '100' },
    /** For how many seconds they do. */
    seconds: { type: 'string', default: '180' },
  },
});
const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAIN = join(ROOT, 'dist/cli/main.js');
/** Of a trace, on average. */
const SPANS = 6.5;
/** Traces a second that arrive before. */
const FAST = 1000;

interface Job {
  readonly kind: string;
  readonly state: string;
  readonly started: string | null;
  readonly ended: string | null;
}

/** The built package as one of a later version. */
async function upgraded(folder: string): Promise<string> {
  const own = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as object;
  await mkdir(folder);
  await cp(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...own, version: '999.0.0' }));
  return join(folder, 'dist/cli/main.js');
}

const folder = await mkdtemp(join(tmpdir(), 'culprit-backfill-'));
const later = `${folder}-later`;
const sending = (rate: number, seconds: number, seed: number) => ({
  ...{ url: '', encodings: ['protobuf'] as const, lanes: 8, traces: 20 },
  ...{ rate: rate * SPANS, seconds, seed, now: Date.now() + 120_000 },
});

/** The last backfill, once it has ended and nothing else is under way. */
async function backfill({ url }: ServerProcess): Promise<Job | undefined> {
  for (;;) {
    const { items } = (await (await fetch(`${url}/api/v1/jobs`)).json()) as { items: Job[] };
    if (items.every(({ ended }) => ended !== null))
      return items.find(({ kind }) => kind === 'backfill');
    await pause(500);
  }
}

async function imported({ url }: ServerProcess, file: string): Promise<number> {
  const began = performance.now();
  await run(process.execPath, [MAIN, 'import', file, '--server', url]);
  const status = await fetch(`${url}/api/v1/status`);
  const { funnel } = (await status.json()) as { funnel: { stored: number } };
  const seconds = (performance.now() - began) / 1000;
  line(`imported ${funnel.stored} traces in ${seconds.toFixed(0)} s`);
  return funnel.stored;
}

const secondsOf = ({ started, ended }: Job): number =>
  (Date.parse(ended ?? '') - Date.parse(started ?? '')) / 1000;

try {
  line(`load of the machine before: ${loadavg()[0]?.toFixed(1)}`);
  // The first start makes the databases, which takes memory that later ones do not.
  await (await serverProcess(folder)).stop();
  const first = await serverProcess(folder);
  let traces = values.file === undefined ? 0 : await imported(first, values.file);
  for (let seed = 1000; values.file === undefined && traces < Number(values.traces); seed += 100) {
    const seconds = Math.max(10, (Number(values.traces) - traces) / FAST);
    traces += (await receiving('to be judged again', first, sending(FAST, seconds, seed))).traces;
  }
  if (values.file === undefined) await judging(first, 900);
  // An analysis begins by itself, and ends with a backfill.
  await backfill(first);
  await first.stop();
  const server = await serverProcess(folder, {}, [], await upgraded(later));
  const rest = Number(values.rate);
  await receiving('beside it', server, sending(rest, Number(values.seconds), 9_000_000));
  const job = await backfill(server);
  if (job === undefined) throw new Error('there was no backfill');
  const seconds = secondsOf(job);
  line(
    `backfill ${job.state}: ${traces} traces in ${seconds.toFixed(0)} s, ${(traces / seconds).toFixed(0)}/s`,
  );
  const status = (await (await fetch(`${server.url}/api/v1/status`)).json()) as { mixed: unknown };
  if (job.state !== 'done' || status.mixed !== null) {
    line(`  WRONG: ${JSON.stringify(status.mixed)}`);
    process.exitCode = 1;
  }
  await server.stop();
  line(`load after: ${loadavg()[0]?.toFixed(1)}`);
} finally {
  for (const each of [folder, later]) await rm(each, { recursive: true, force: true });
}
