import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { FileFacts } from '../src/contract/file-facts.ts';
import type { Trace } from '../src/contract/trace.ts';
import type { ScanOptions } from '../src/scan/scan.ts';

/**
 * How fast a file is scanned: stage by stage on one thread, then whole in order (0 threads) and on 1 and 2
 * threads. Megabytes per second and CPU milliseconds per megabyte (steadier on a busy machine), the best of
 * several runs, with what was found, since speed counts only for the same result. Runs what `npm run build` built.
 *
 * node bench/scan.ts FILE [RUNS]
 */
const { collect } = await built<typeof import('../src/collect/collect.ts')>('collect/collect');
const { detection, detectOptions, firstPass } =
  await built<typeof import('../src/detect/detect.ts')>('detect/detect');
const { fileSource } =
  await built<typeof import('../src/platform/file-source.ts')>('platform/file-source');
const { startThread } = await built<typeof import('../src/platform/thread.ts')>('platform/thread');
const { scan, scanWorkerModule } = await built<typeof import('../src/scan/scan.ts')>('scan/scan');

const path = resolve(process.argv[2] ?? 'dist/demo/traces.otlp.jsonl.gz');
const runs = Number(process.argv[3] ?? 3);

const options: ScanOptions = {
  columns: {},
  scores: [],
  stepBudget: 50,
  sample: 1000,
  seed: 1,
  all: false,
  detectors: [],
  policy: null,
};

interface Outcome {
  readonly bytes: number;
  readonly traces: number;
  readonly failed?: number;
  readonly signals?: string;
}

const rows: Record<string, Record<string, string | number>> = {};
let facts: FileFacts | null = null;

await measure('read', () => pass(() => {}));
await measure('read, first pass', async () => {
  const first = firstPass(detectOptions(options));
  const outcome = await pass(first.add);
  facts = first.finish();
  return outcome;
});
await measure('read, second pass', async () => {
  const second = detection(options, facts);
  const outcome = await pass(second.add);
  const { failed, failures } = second.finish();
  return { ...outcome, failed, signals: hashOf(failures) };
});
for (const size of [0, 1, 2]) await measure(`scan, ${size} threads`, () => whole(size));
console.table(rows);

async function pass(add: (traces: readonly Trace[]) => void): Promise<Outcome> {
  const collection = collect([await fileSource(path)], { map: options.columns });
  let traces = 0;
  for await (const batch of collection.traces()) {
    traces += batch.length;
    add(batch);
  }
  return { bytes: collection.bytes(), traces };
}

async function whole(size: number): Promise<Outcome> {
  const threads = { size, spawn: () => startThread(scanWorkerModule()) };
  const { detected, collected } = await scan(
    { kind: 'bytes', sources: [await fileSource(path)] },
    options,
    size === 0 ? {} : { threads },
  );
  const bytes = collected.files.reduce((sum, file) => sum + file.bytes, 0);
  const { traces, failed, failures } = detected;
  return { bytes, traces, failed, signals: hashOf(failures) };
}

async function measure(name: string, run: () => Promise<Outcome>): Promise<void> {
  let seconds = Number.POSITIVE_INFINITY;
  let processor = Number.POSITIVE_INFINITY;
  let outcome: Outcome = { bytes: 0, traces: 0 };
  for (let nth = 0; nth < runs; nth++) {
    const started = performance.now();
    const before = process.cpuUsage();
    outcome = await run();
    const { user, system } = process.cpuUsage(before);
    seconds = Math.min(seconds, (performance.now() - started) / 1000);
    processor = Math.min(processor, (user + system) / 1000);
  }
  const megabytes = outcome.bytes / 1e6;
  rows[name] = {
    'MB/s': Number((megabytes / seconds).toFixed(1)),
    'traces/s': Math.round(outcome.traces / seconds),
    'CPU ms/MB': Number((processor / megabytes).toFixed(1)),
    'peak MB so far': Math.round(process.resourceUsage().maxRSS / 1024),
    traces: outcome.traces,
    failed: outcome.failed ?? '',
    signals: outcome.signals ?? '',
  };
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}

function built<Module>(path: string): Promise<Module> {
  return import(new URL(`../dist/${path}.js`, import.meta.url).href) as Promise<Module>;
}
