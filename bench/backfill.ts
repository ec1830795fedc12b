import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judging, line, pause, receiving } from './ingest/receiving.ts';
import { type ServerProcess, serverProcess } from './ingest/server-process.ts';

/**
 * How fast stored traces are judged again by a new model while others arrive: `npm run build && node bench/backfill.ts`.
 * Figures of docs/operations.md. The command fails when one is left.
 */
const { values } = parseArgs({
  options: {
    /** Traces to be judged again. */
    traces: { type: 'string', default: '100000' },
    /** Traces a second that arrive meanwhile. */
    rate: { type: 'string', default: '100' },
    /** For how many seconds they do. */
    seconds: { type: 'string', default: '180' },
  },
});
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

const folder = await mkdtemp(join(tmpdir(), 'culprit-backfill-'));
const sending = (rate: number, seconds: number, seed: number) => ({
  ...{ url: '', encodings: ['protobuf'] as const, lanes: 8, traces: 20 },
  ...{ rate: rate * SPANS, seconds, seed, now: Date.now() + 120_000 },
});

/** The last job of a kind, once it has ended. */
async function ended({ url }: ServerProcess, kind: string): Promise<Job> {
  for (;;) {
    const { items } = (await (await fetch(`${url}/api/v1/jobs`)).json()) as { items: Job[] };
    const job = items.find((each) => each.kind === kind);
    if (job !== undefined && job.ended !== null) return job;
    await pause(500);
  }
}

const secondsOf = ({ started, ended: at }: Job): number =>
  (Date.parse(at ?? '') - Date.parse(started ?? '')) / 1000;

try {
  line(`load of the machine before: ${loadavg()[0]?.toFixed(1)}`);
  // The first start makes the databases, which takes memory that later ones do not.
  await (await serverProcess(folder)).stop();
  const server = await serverProcess(folder);
  let traces = 0;
  for (let seed = 1000; traces < Number(values.traces); seed += 100) {
    const seconds = Math.max(10, (Number(values.traces) - traces) / FAST);
    traces += (await receiving('to be judged again', server, sending(FAST, seconds, seed))).traces;
  }
  await judging(server, 900);
  await fetch(`${server.url}/api/v1/analyses`, { method: 'POST' });
  line(`the analysis took ${secondsOf(await ended(server, 'analysis')).toFixed(0)} s`);
  const [, job] = await Promise.all([
    receiving('beside it', server, sending(Number(values.rate), Number(values.seconds), 2000)),
    ended(server, 'backfill'),
  ]);
  const seconds = secondsOf(job);
  line(
    `backfill ${job.state}: ${traces} traces in ${seconds.toFixed(0)} s, ${(traces / seconds).toFixed(0)}/s`,
  );
  const { mixed } = (await (await fetch(`${server.url}/api/v1/status`)).json()) as {
    mixed: unknown;
  };
  if (mixed !== null) {
    line(`  WRONG: ${JSON.stringify(mixed)}`);
    process.exitCode = 1;
  }
  await server.stop();
  line(`load after: ${loadavg()[0]?.toFixed(1)}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
