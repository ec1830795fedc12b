/**
 * Compares kernels with their Python originals on the same vectors: time, peak memory and quality, one JSON line per run.
 *
 *   node bench/numeric.ts                                  1,000 and 10,000 points, without Python
 *   node bench/numeric.ts --sizes 1000 --python bench/.venv/bin/python
 *   node bench/numeric.ts --kernels hdbscan --data texts --sizes 98600
 *
 * Each run is a separate process, one after the other, with two threads. Times are the minimum of `--runs`;
 * `cpuSeconds` adds up all threads and is more reliable on a busy machine.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { adjustedRandIndex } from '../src/numeric/numeric.ts';
import { type DataSet, embedded, mixture, textVectors } from './numeric-data.ts';
import type { NumericRun } from './numeric-run.ts';

const PYTHON_BODIES: Readonly<Record<string, readonly string[]>> = {
  knn: ['scikit-learn', 'pynndescent'],
  hdbscan: ['hdbscan', 'fast_hdbscan', 'evoc'],
  kmeans: ['scikit-learn'],
  umap: ['umap-learn'],
};

const { values } = parseArgs({
  options: {
    kernels: { type: 'string', default: 'knn,hdbscan,kmeans,umap' },
    data: { type: 'string', default: 'mixture,texts' },
    sizes: { type: 'string', default: '1000,10000' },
    dimensions: { type: 'string', default: '256' },
    runs: { type: 'string', default: '3' },
    python: { type: 'string' },
    bodies: { type: 'string' },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'culprit-numeric-'));
const results = resolve(import.meta.dirname, 'results.jsonl');
try {
  for (const size of values.sizes.split(',').map(Number))
    for (const name of values.data.split(',')) {
      const data = await dataSet(name, size, Number(values.dimensions));
      if (data) compare(data);
    }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function dataSet(name: string, n: number, dimensions: number): Promise<DataSet | null> {
  switch (name) {
    case 'mixture':
      return mixture(n, dimensions);
    case 'texts':
      return textVectors(n, dimensions);
    case 'vectors':
      return embedded(n);
    default:
      throw new Error(`--data ${name}: mixture, texts or vectors`);
  }
}

function compare(data: DataSet): void {
  const pointsFile = join(folder, 'points.f32');
  writeFileSync(pointsFile, new Uint8Array(data.points.buffer));
  for (const kernel of values.kernels.split(',')) {
    const bodies = ['culprit', ...(values.python ? (PYTHON_BODIES[kernel] ?? []) : [])];
    const labels = new Map<string, Int32Array>();
    for (const body of asked(bodies)) {
      const outFile = join(folder, `${kernel}-${body}.i32`);
      const run: NumericRun = {
        kernel,
        body,
        pointsFile,
        outFile,
        n: data.n,
        dimensions: data.dimensions,
        runs: Number(values.runs),
      };
      const measured = start(run);
      if (!measured) continue;
      if (kernel === 'hdbscan' || kernel === 'kmeans') {
        labels.set(body, new Int32Array(new Uint8Array(readFileSync(outFile)).buffer));
      }
      report(data, run, { ...measured, ...agreement(data, labels, body) });
    }
  }
}

/** `--bodies` by exact name; all by default. */
function asked(bodies: readonly string[]): readonly string[] {
  const wanted = values.bodies?.split(',');
  return wanted ? bodies.filter((body) => wanted.includes(body)) : bodies;
}

type Measured = Readonly<Record<string, number>>;

function start(run: NumericRun): Measured | null {
  const script = run.body === 'culprit' ? 'numeric-run.ts' : 'python/numeric.py';
  const program = run.body === 'culprit' ? process.execPath : values.python!;
  const { stdout, stderr, status } = spawnSync(
    program,
    [resolve(import.meta.dirname, script), JSON.stringify(run)],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        OMP_NUM_THREADS: '2',
        NUMBA_NUM_THREADS: '2',
        OPENBLAS_NUM_THREADS: '2',
      },
    },
  );
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1)!) as Measured;
  console.error(`${run.kernel} ${run.body} ${run.n}: ${stderr.trim().split('\n').at(-1)}`);
  return null;
}

function agreement(data: DataSet, labels: ReadonlyMap<string, Int32Array>, body: string): Measured {
  const own = labels.get(body);
  const reference = labels.get('hdbscan');
  if (!own) return {};
  return {
    ...(data.truth ? { randToTruth: adjustedRandIndex(own, data.truth) } : {}),
    ...(reference && body !== 'hdbscan'
      ? { randToHdbscan: adjustedRandIndex(own, reference) }
      : {}),
  };
}

function report(data: DataSet, run: NumericRun, measured: Measured): void {
  const line = {
    kernel: run.kernel,
    data: data.name,
    n: data.n,
    dimensions: data.dimensions,
    body: run.body,
    ...Object.fromEntries(
      Object.entries(measured).map(([key, value]) => [key, Number(value.toPrecision(4))]),
    ),
    runs: run.runs,
    cpu: cpus()[0]?.model,
    node: process.version,
  };
  console.log(JSON.stringify(line));
  appendFileSync(results, `${JSON.stringify(line)}\n`);
}
