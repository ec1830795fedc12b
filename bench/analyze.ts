import { spawnSync } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Analysis } from '../src/contract/analysis.ts';
import { analyze } from '../src/culprit.ts';
import { adjustedMutualInformation } from '../src/numeric/numeric.ts';

/**
 * Measures the command line end to end, one process per run: wall seconds (median of 3; one run
 * if everything is clustered), peak memory, scan rate, and how well it finds the planted causes of the demo.
 */
const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'culprit-bench-'));
const RUNS = 3;

interface Row {
  readonly scenario: string;
  readonly traces: number;
  readonly megabytes: number;
  readonly seconds: number;
  readonly megabytesPerSecond: number;
  readonly peakMegabytes: number;
  readonly quality: string;
}

const rows: Row[] = [];
rows.push(measure('demo', ['demo', '--no-out'], demoQuality));
rows.push(measure('demo with report', ['demo', '--out', join(folder, 'report.html')], demoQuality));

const load = resolve(root, '../shared/bench/load.jsonl.gz');
if (existsSync(load)) {
  const file = join(folder, 'load.jsonl');
  await pipeline(createReadStream(load), createGunzip(), createWriteStream(file));
  const lines = readFileSync(file, 'utf8').split('\n');
  const thousand = join(folder, 'thousand.jsonl');
  await pipeline([`${lines.slice(0, 1000).join('\n')}\n`], createWriteStream(thousand));
  const noTruth = ({ clusters, failures }: Analysis): string =>
    `${failures.length} sampled, ${clusters.length} clusters`;
  rows.push(
    measure(
      '1,000 traces, all',
      ['analyze', thousand, '--all', '--view', 'output', '--no-out'],
      noTruth,
    ),
  );
  rows.push(
    measure(
      '98,600 traces, 1,000 sampled',
      ['analyze', file, '--all', '--view', 'output', '--no-out'],
      noTruth,
    ),
  );
  rows.push(measure('98,600 traces, failures', ['analyze', file, '--no-out'], noTruth));
  rows.push(
    measure(
      '98,600 traces, all clustered',
      ['analyze', file, '--all', '--sample', 'all', '--no-out'],
      noTruth,
      1,
    ),
  );
} else process.stderr.write(`skipped the load file: ${load} is missing\n`);

console.table(rows);
console.table(await stepSeconds());
rmSync(folder, { recursive: true });

function measure(
  scenario: string,
  args: string[],
  quality: (analysis: Analysis) => string,
  times = RUNS,
): Row {
  const runs = Array.from({ length: times }, () => timed(args)).sort(
    (a, b) => a.seconds - b.seconds,
  );
  const { analysis } = timed([...args, '--json']);
  const { seconds, peakMegabytes } = runs[Math.floor(times / 2)]!;
  const megabytes = analysis.files.reduce((sum, file) => sum + file.bytes, 0) / 1e6;
  return {
    scenario,
    traces: analysis.funnel[0]?.count ?? 0,
    megabytes: Math.round(megabytes),
    seconds: Math.round(seconds * 100) / 100,
    megabytesPerSecond: Math.round(megabytes / seconds),
    peakMegabytes: Math.round(peakMegabytes),
    quality: quality(analysis),
  };
}

/** Seconds of each step, from its progress reports, in one process after a warm-up. */
async function stepSeconds(): Promise<Record<string, Record<string, number>>> {
  const files = [
    resolve(root, 'dist/demo/traces.otlp.jsonl.gz'),
    ...(existsSync(load) ? [load] : []),
  ];
  const table: Record<string, Record<string, number>> = {};
  for (const path of [files[0]!, ...files]) {
    const marks = new Map<string, number>();
    const started = performance.now();
    await analyze(path, {
      progress: (step, done) => {
        const mark = step === 'group' && done === 0 ? 'grouping' : step;
        marks.set(mark, performance.now());
      },
    });
    const at = (mark: string): number => marks.get(mark) ?? started;
    table[basename(path)] = {
      'collect, detect, embed': seconds(started, at('grouping')),
      'group, map': seconds(at('grouping'), at('group')),
      'label, rank, report': seconds(at('group'), performance.now()),
    };
  }
  return table;
}

function seconds(from: number, to: number): number {
  return Math.round(Math.max(0, to - from) / 10) / 100;
}

function timed(args: readonly string[]): {
  seconds: number;
  peakMegabytes: number;
  analysis: Analysis;
} {
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      '--import',
      resolve(import.meta.dirname, 'peak-memory.ts'),
      resolve(root, 'src/cli/main.ts'),
      ...args,
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  const peak = Number(/peak_kilobytes=(\d+)/.exec(stderr)?.[1] ?? 0) / 1024;
  const analysis = args.includes('--json') ? (JSON.parse(stdout) as Analysis) : ({} as Analysis);
  return { seconds, peakMegabytes: peak, analysis };
}

function demoQuality({ failures, clusters }: Analysis): string {
  const planted = JSON.parse(
    readFileSync(resolve(root, 'dist/demo/planted.json'), 'utf8'),
  ) as Record<string, string>;
  const numbers = (names: readonly string[]): Int32Array => {
    const distinct = [...new Set(names)];
    return Int32Array.from(names, (name) => distinct.indexOf(name));
  };
  const information = adjustedMutualInformation(
    numbers(failures.map(({ traceId }) => planted[traceId] ?? '')),
    numbers(failures.map(({ traceId, cluster }) => cluster ?? traceId)),
  );
  return `AMI ${information.toFixed(3)}, first: ${clusters[0]?.title ?? '-'}`;
}
