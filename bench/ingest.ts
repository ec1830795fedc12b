import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { questions } from './ingest/questions.ts';
import { checkStored, judging, line, receiving } from './ingest/receiving.ts';
import type { Sending } from './ingest/sender.ts';
import { type ServerProcess, serverProcess } from './ingest/server-process.ts';
import type { Encoding } from './ingest/traffic.ts';

/**
 * All figures of docs/operations.md: `npm run build && node bench/ingest.ts`. The server, its engine and the sender run on
 * this machine; the command fails when an acknowledged span is not stored once.
 */
const { values } = parseArgs({
  options: {
    /** Of each rate. */
    seconds: { type: 'string', default: '300' },
    /** Spans a second, or `max`. */
    rate: { type: 'string', default: '15000' },
    /** `protobuf`, `json`, or `mixed`: half of the requests each. */
    encoding: { type: 'string', default: 'mixed' },
    /** Requests at a time. */
    lanes: { type: 'string', default: '16' },
    /** Spans in the store for questions; 0: none are asked. */
    spans: { type: 'string', default: '10000000' },
    /** Seconds to wait for judging what is left. */
    drain: { type: 'string', default: '900' },
    /** Only `receiving` or `questions`. */
    only: { type: 'string' },
    /** Folder for the data, which is kept; may hold data of an earlier run. */
    data: { type: 'string' },
  },
});
const folder = values.data ?? (await mkdtemp(join(tmpdir(), 'culprit-ingest-')));
const seconds = Number(values.seconds);
const drain = Number(values.drain);
const encodings: readonly Encoding[] =
  values.encoding === 'mixed' ? ['protobuf', 'json'] : [values.encoding as Encoding];
const load = (when: string): void =>
  line(`load of the machine ${when}: ${loadavg()[0]?.toFixed(1)}`);

const sending = (server: ServerProcess): Omit<Sending, 'rate' | 'seed'> => ({
  ...{ url: server.url, encodings, seconds, lanes: Number(values.lanes), traces: 80 },
  // A server reads traces that began before it from the store: others may have stored a part.
  now: Date.now() + 120_000,
});

/** At the rate and at half of it. */
async function receive(server: ServerProcess): Promise<void> {
  const given = sending(server);
  line(`${encodings.join(' and ')}, ${values.lanes} requests at a time of 520 spans`);
  const rate = values.rate === 'max' ? null : Number(values.rate);
  const full = await receiving('full rate', server, { ...given, rate, seed: 1000 });
  await judging(server, drain);
  const half = await receiving('half of it', server, {
    ...{ ...given, seed: 2000 },
    rate: (rate ?? full.spans / full.seconds) / 2,
  });
  await judging(server, drain);
  await checkStored(folder, [full, half]);
}

/** What copies are made of. */
async function receiveSome(server: ServerProcess): Promise<void> {
  const given = { ...sending(server), seconds: 60, rate: 2000, seed: 3000 };
  await receiving('to make copies of', server, given);
  await judging(server, drain);
}

try {
  load('before');
  // The first start makes the databases, which takes memory that later ones do not.
  await (await serverProcess(folder)).stop();
  if (values.only !== 'questions' || values.data === undefined) {
    const server = await serverProcess(folder);
    await (values.only === 'questions' ? receiveSome : receive)(server);
    await server.stop();
  }
  const spans = Number(values.spans);
  if (values.only !== 'receiving' && spans > 0) await questions(folder, spans);
  load('after');
} finally {
  if (values.data === undefined) await rm(folder, { recursive: true, force: true });
}
