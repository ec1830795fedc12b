import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeSuite } from '../test/eval-suite.ts';

/**
 * What `culprit eval` adds to the time of its target: 1,000 cases of 5 attempts, 8 at a time, against a local endpoint
 * that takes 20 ms to answer. Seconds beside the bound of the endpoint (5,000 × 20 ms ÷ 8 = 12.5 s) and beside a plain
 * loop of `fetch`, processor seconds (steadier on a busy machine), and peak memory. Runs what `npm run build` built.
 *
 * node bench/eval.ts [CASES]
 */
const LATENCY_MS = 20;
const REPEATS = 5;
const WIDTH = 8;
const ANSWER = '{"output": "It is lost. A new one comes."}';

if (process.argv[2] === 'endpoint') serve();
else await measure(Number(process.argv[2] ?? 1_000));

/** In a process of its own, so that its work is not counted. */
function serve(): void {
  const server = createServer((request, response) => {
    request.resume();
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(ANSWER);
    }, LATENCY_MS);
  });
  server.listen(0, '127.0.0.1', () => {
    console.log((server.address() as AddressInfo).port);
  });
}

async function measure(cases: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-bench-eval-'));
  const endpoint = spawn(process.execPath, [import.meta.filename, 'endpoint'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [port] = await once(endpoint.stdout, 'data');
    const url = `http://127.0.0.1:${String(port).trim()}/`;
    const guards = Math.round(cases * 0.75);
    writeSuite(folder, { guards, controls: cases - guards, register: { repeats: REPEATS } });
    const plain = await plainLoop(url, cases * REPEATS);
    const { seconds, processor, memory, said } = await evaluated(folder, url);
    const bound = (cases * REPEATS * LATENCY_MS) / 1000 / WIDTH;
    console.log(said);
    console.table({
      seconds: seconds.toFixed(1),
      bound: `${bound.toFixed(1)} (${(seconds / bound).toFixed(2)}×)`,
      'plain fetch': `${plain.toFixed(1)} (${(seconds / plain).toFixed(2)}×)`,
      'processor seconds': processor.toFixed(1),
      'peak memory, MB': memory.toFixed(0),
    });
  } finally {
    endpoint.kill();
    rmSync(folder, { recursive: true });
  }
}

/** Seconds of as many requests with nothing around them. */
async function plainLoop(url: string, requests: number): Promise<number> {
  const began = performance.now();
  let left = requests;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await (await fetch(url, { method: 'POST', body: '{}' })).text();
  };
  await Promise.all(Array.from({ length: WIDTH }, worker));
  return (performance.now() - began) / 1000;
}

async function evaluated(folder: string, url: string) {
  const built = resolve(import.meta.dirname, '../dist/cli/main.js');
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...['--import', resolve(import.meta.dirname, 'peak-memory.ts'), built, 'eval', folder],
      ...['--target', url, '--concurrency', String(WIDTH)],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let [said, noted] = ['', ''];
  child.stdout.on('data', (part) => {
    said += String(part);
  });
  child.stderr.on('data', (part) => {
    noted += String(part);
  });
  await once(child, 'close');
  const of = (name: string): number => Number(new RegExp(`${name}=(\\d+)`).exec(noted)?.[1]);
  return {
    ...{ said: said || noted, seconds: (performance.now() - began) / 1000 },
    processor: of('processor_milliseconds') / 1000,
    memory: of('peak_kilobytes') / 1000,
  };
}
