import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { permutation, seedRandom } from '../src/numeric/random/random.ts';
import { serverProcess } from './ingest/server-process.ts';
import { readOpenBench } from './open-bench.ts';

/**
 * How long `POST /v1/guard` takes at 100 requests a second, with the starter rules, the sender on the same machine: the
 * figures of docs/guard.md. Requests are sent when they are due, whether earlier ones were answered or not.
 *
 * npm run build && node bench/guard-requests.ts [FOLDER]
 */
const RATE = 100;
const SECONDS = 60;
const WARM = 5;

async function measure(lines: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'culprit-guard-'));
  const server = await serverProcess(folder);
  try {
    console.log(`load of the machine before: ${loadavg()[0]?.toFixed(1)}`);
    const took: number[] = [];
    let late = 0;
    const asked: Promise<void>[] = [];
    const start = performance.now();
    const total = RATE * (SECONDS + WARM);
    for (let at = 0; at < total; at++) {
      const due = start + (at * 1000) / RATE;
      const wait = due - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      asked.push(
        ask(server.url, lines[at % lines.length]!).then(({ unanswered }) => {
          if (at < RATE * WARM) return;
          took.push(performance.now() - due);
          if (unanswered) late += 1;
        }),
      );
    }
    await Promise.all(asked);
    const sorted = took.toSorted((a, b) => a - b);
    const quantile = (part: number) => sorted[Math.floor(part * sorted.length)]!.toFixed(1);
    console.log(
      `${sorted.length} requests at ${RATE} a second: median ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms, p99 ${quantile(0.99)} ms, most ${sorted.at(-1)!.toFixed(0)} ms; without an answer by the deadline: ${late}`,
    );
    console.log('vendors of hosted screens publish 50 to 70 ms at the 95th percentile');
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function ask(url: string, body: string): Promise<{ readonly unanswered: boolean }> {
  const response = await fetch(`${url}/v1/guard`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const answer = (await response.json()) as { readonly unanswered?: readonly unknown[] };
  if (!response.ok) throw new Error(`${response.status}: ${JSON.stringify(answer)}`);
  return { unanswered: (answer.unanswered?.length ?? 0) > 0 };
}

const bench = await readOpenBench(process.argv[2]);
if (bench === null) console.log('the open bench is not next to this repository; nothing measured');
else {
  const rows = bench.filter(({ half, source }) => half === 'check' && source !== 'trail');
  const drawn = [...permutation(rows.length, seedRandom(1))].slice(0, 1_500);
  await measure(drawn.map((at) => rows[at]!.line));
}
