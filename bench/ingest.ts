import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkStored, judging, line, receiving } from './ingest/receiving.ts';
import type { Sending } from './ingest/sender.ts';
import { serverProcess } from './ingest/server-process.ts';
import type { Encoding } from './ingest/traffic.ts';

/**
 * All figures of docs/operations.md: `node bench/ingest.ts`. A server, its engine and the sender run on this machine; the
 * command fails when an acknowledged span is not stored once.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    rate: { type: 'string', default: '15000' },
    encoding: { type: 'string', default: 'mixed' },
    lanes: { type: 'string', default: '16' },
    spans: { type: 'string', default: '10000000' },
    drain: { type: 'string', default: '900' },
    data: { type: 'string' },
    only: { type: 'string' },
  },
});
const folder = values.data ?? (await mkdtemp(join(tmpdir(), 'culprit-ingest-')));
const seconds = Number(values.seconds);
const encodings: readonly Encoding[] =
  values.encoding === 'mixed' ? ['protobuf', 'json'] : [values.encoding as Encoding];
const load = (): string => `load ${loadavg()[0]?.toFixed(1)}`;

try {
  if (values.only !== 'queries') {
    const server = await serverProcess(folder);
    const sending: Omit<Sending, 'rate' | 'seed'> = {
      ...{ url: server.url, encodings, seconds, lanes: Number(values.lanes), traces: 80 },
      // A server reads traces that began before it from the store: others may have stored a part.
      now: Date.now() + 120_000,
    };
    line(
      `${load()} before; ${encodings.join(' and ')}, ${values.lanes} requests at a time of 520 spans`,
    );
    const rate = values.rate === 'max' ? null : Number(values.rate);
    const full = await receiving('full rate', server, { ...sending, rate, seed: 1000 });
    await judging(server, Number(values.drain));
    const half = await receiving('half of it', server, {
      ...{ ...sending, seed: 2000 },
      rate: (rate ?? full.spans / full.seconds) / 2,
    });
    await judging(server, Number(values.drain));
    await checkStored(folder, [full, half]);
    await server.stop();
    line(`${load()} after`);
  }
} finally {
  if (values.data === undefined) await rm(folder, { recursive: true, force: true });
}
