/**
 * Measures embedders on the open bench: how well their vectors separate root causes, and how fast they are.
 * Settings were chosen on the first half of the tasks; figures are for the second half unless `--half first`.
 *
 *     node bench/embed.ts [--half first] [--vectors NAME=FILE]   quality; adds the vectors of another embedder
 *     node bench/embed.ts --texts FILE                           writes the texts that FILE of --vectors must embed
 *     node bench/embed.ts --load [--texts FILE | --vectors …]    the same for clusters of 5,000 outputs of real traffic
 *     node bench/embed.ts --speed                                texts per second, one core
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Embedder } from '../src/contract/embedder.ts';
import { lexicalEmbedder } from '../src/embed/lexical/lexical-embedder.ts';
import { staticEmbedder } from '../src/embed/static/static-embedder.ts';
import {
  adjustedMutualInformation,
  exactNeighbors,
  hdbscan,
  kmeans,
} from '../src/numeric/numeric.ts';
import { readAsset } from '../src/platform/package-file.ts';
import { type LoadRow, loadRows, loadTable, spread } from './embed-load.ts';
import { type BenchTrace, isKnownFailure, readOpenBench } from './open-bench.ts';

const VIEWS = ['input', 'output', 'both'] as const;
type View = (typeof VIEWS)[number];

const PER_SOURCE = 250;
const CLUSTERS = [6, 12, 20];
const SEEDS = [1, 2, 3, 4];

interface Scores {
  readonly kmeans: number;
  readonly hdbscan: number;
  readonly neighbors: number;
}

const { values: flags } = parseArgs({
  options: {
    half: { type: 'string', default: 'second' },
    vectors: { type: 'string', multiple: true, default: [] },
    texts: { type: 'string' },
    speed: { type: 'boolean', default: false },
    load: { type: 'boolean', default: false },
  },
});

const model = await readAsset('static-model');
const embedders: Readonly<Record<string, Embedder>> = {
  lexical: lexicalEmbedder(),
  static: staticEmbedder(model),
  'static, common kept': staticEmbedder(model, { common: 'keep' }),
};

async function measureQuality(): Promise<void> {
  const bench = await readOpenBench();
  if (bench === null) {
    console.error('../shared/bench/open.tgz is missing; nothing to measure.');
    return;
  }
  const traces = chosen(bench);
  const texts = VIEWS.flatMap((view) => traces.map((trace) => textOf(trace, view)));
  if (flags.texts !== undefined) {
    writeTexts(flags.texts, texts);
    return;
  }
  const half = flags.half === 'first' ? 0 : 1;
  const inHalf = traces.filter((trace) => halfOf(trace) === half);
  const sources = [...Map.groupBy(inHalf, (trace) => trace.source)]
    .filter(([, members]) => new Set(members.map(causeOf)).size > 1)
    .toSorted(([a], [b]) => a.localeCompare(b));
  const others = flags.vectors.map((flag) => fromFile(flag, traces));
  const all = [
    ...Object.entries(embedders).map(([name, embedder]) => embedding(name, embedder)),
    ...others,
  ];
  for (const view of VIEWS) {
    console.log(
      `\n${view}: AMI by k-means / AMI by HDBSCAN / share of the 5 nearest with the same root cause`,
    );
    for (const { name, vectorsOf } of all) {
      const rows: Scores[] = [];
      const cells: string[] = [];
      for (const [source, members] of sources) {
        const { vectors, dimensions } = await vectorsOf(members, view);
        const scores = score(vectors, dimensions, classesOf(members));
        rows.push(scores);
        cells.push(`${source} ${format(scores)}`);
      }
      const mean = (of: keyof Scores): number =>
        rows.reduce((sum, row) => sum + row[of], 0) / rows.length;
      const whole = {
        kmeans: mean('kmeans'),
        hdbscan: mean('hdbscan'),
        neighbors: mean('neighbors'),
      };
      console.log(`${name.padEnd(20)} mean ${format(whole)}   ${cells.join(' | ')}`);
    }
  }
}

function writeTexts(path: string, texts: readonly string[]): void {
  writeFileSync(path, texts.map((text) => `${JSON.stringify(text)}\n`).join(''));
  console.log(`${texts.length} texts written to ${path}`);
}

interface Vectors {
  readonly vectors: Float32Array;
  readonly dimensions: number;
}

interface NamedEmbedding {
  readonly name: string;
  readonly vectorsOf: (traces: readonly BenchTrace[], view: View) => Promise<Vectors>;
}

const embedding = (name: string, embedder: Embedder): NamedEmbedding => ({
  name,
  vectorsOf: (traces, view) => embedder.embed(traces.map((trace) => textOf(trace, view))),
});

/** Float32 rows for the texts of `--texts`, in that order. */
function fromFile(flag: string, traces: readonly BenchTrace[]): NamedEmbedding {
  const [name = '', path = ''] = flag.split('=');
  const bytes = readFileSync(path);
  const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const dimensions = all.length / (traces.length * VIEWS.length);
  const rowOf = new Map(traces.map((trace, row) => [trace.trace.id, row]));
  return {
    name,
    vectorsOf: async (members, view) => {
      const vectors = new Float32Array(members.length * dimensions);
      for (const [i, { trace }] of members.entries()) {
        const row = VIEWS.indexOf(view) * traces.length + (rowOf.get(trace.id) ?? 0);
        vectors.set(all.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
      }
      return { vectors, dimensions };
    },
  };
}

/** Failures of known kind, at most 250 per source, drawn by a hash of their ids. */
function chosen(bench: readonly BenchTrace[]): BenchTrace[] {
  const known = bench.filter(isKnownFailure);
  const drawn = known
    .map((trace) => ({ trace, key: sha256(`${trace.trace.id}x`).toString('hex') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ trace }) => trace);
  return [...Map.groupBy(drawn, (trace) => trace.source).values()].flatMap((members) =>
    members.slice(0, PER_SOURCE),
  );
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
const halfOf = ({ trace }: BenchTrace): number => (sha256(trace.input).at(-1) ?? 0) % 2;
const causeOf = ({ rootCause }: BenchTrace): string => rootCause ?? '';

function textOf({ trace }: BenchTrace, view: View): string {
  return view === 'both' ? `${trace.input}\n${trace.output}` : trace[view];
}

function classesOf(traces: readonly BenchTrace[]): Int32Array {
  const causes = [...new Set(traces.map(causeOf))];
  return Int32Array.from(traces, (trace) => causes.indexOf(causeOf(trace)));
}

function score(vectors: Float32Array, dimensions: number, classes: Int32Array): Scores {
  const n = classes.length;
  const runs = CLUSTERS.filter((k) => k < n).flatMap((k) =>
    SEEDS.map((seed) => kmeans(vectors, { dimensions, k, seed }).labels),
  );
  const dense = hdbscan(vectors, { dimensions, minClusterSize: 5, minSamples: 3 }).labels;
  const alone = dense.map((label, row) => (label < 0 ? n + row : label));
  const { indices } = exactNeighbors(vectors, { dimensions, k: 5, metric: 'cosine' });
  const perRow = indices.length / n;
  const same = indices.filter((to, at) => classes[to] === classes[Math.floor(at / perRow)]).length;
  return {
    kmeans:
      runs.reduce((sum, labels) => sum + adjustedMutualInformation(classes, labels), 0) /
      runs.length,
    hdbscan: adjustedMutualInformation(classes, relabeled(alone)),
    neighbors: same / indices.length,
  };
}

/** Renumbers labels from 0 without gaps. */
function relabeled(labels: Int32Array): Int32Array {
  const position = new Map([...new Set(labels)].map((label, i) => [label, i]));
  return labels.map((label) => position.get(label) ?? 0);
}

const format = ({ kmeans: means, hdbscan: dense, neighbors }: Scores): string =>
  [means, dense, neighbors].map((value) => value.toFixed(3)).join(' / ');

async function measureLoad(rows: readonly LoadRow[]): Promise<void> {
  const chosenRows = spread(rows);
  if (flags.texts !== undefined) {
    writeTexts(
      flags.texts,
      chosenRows.map(({ output }) => output),
    );
    return;
  }
  const files = Object.fromEntries(
    flags.vectors.map((flag) => {
      const at = flag.indexOf('=');
      return [flag.slice(0, at), flag.slice(at + 1)];
    }),
  );
  console.log(await loadTable(chosenRows, embedders, files));
}

async function measureSpeed(parsed: readonly LoadRow[]): Promise<void> {
  const long = parsed.map(({ input, output }) => `${input} ${output}`).join(' ');
  const thousand = Array.from({ length: 1000 }, (_, i) => long.slice(i * 1000, (i + 1) * 1000));
  const sets = {
    'short inputs': parsed.map(({ input }) => input),
    '1,000 of 1,000 characters': thousand,
  };
  for (const [name, texts] of Object.entries(sets)) {
    const length = Math.round(texts.reduce((sum, text) => sum + text.length, 0) / texts.length);
    for (const [embedder, { embed }] of Object.entries(embedders).slice(0, 2)) {
      const best = { wall: Number.POSITIVE_INFINITY, cpu: Number.POSITIVE_INFINITY };
      for (let round = 0; round < 4; round++) {
        const started = performance.now();
        const before = process.cpuUsage();
        await embed(texts);
        const { user, system } = process.cpuUsage(before);
        best.wall = Math.min(best.wall, (performance.now() - started) / 1000);
        best.cpu = Math.min(best.cpu, (user + system) / 1e6);
      }
      console.log(
        `${embedder}, ${name} (${texts.length} texts, mean ${length} characters): ${best.wall.toFixed(2)} s wall, ` +
          `${best.cpu.toFixed(2)} s of processor, ${Math.round(texts.length / best.cpu)} texts per processor second`,
      );
    }
  }
}

if (flags.speed || flags.load) {
  const rows = loadRows();
  if (rows === null) console.error('../shared/bench/load.jsonl.gz is missing.');
  else await (flags.load ? measureLoad(rows) : measureSpeed(rows));
} else await measureQuality();
