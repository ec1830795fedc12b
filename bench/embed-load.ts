/**
 * Compares embedders on real traffic: the clusters that the product's pipeline finds in 5,000 outputs spread evenly over
 * the load file, for each embedder. Part of `bench/embed.ts`.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Embedder } from '../src/contract/embedder.ts';
import { group } from '../src/group/group.ts';
import { adjustedMutualInformation, adjustedRandIndex } from '../src/numeric/numeric.ts';

const ROWS = 5_000;
/** 1%, the default. */
const SMALLEST = 50;
const DRAWS = 4;
const SHARE = 0.8;
const SEED = 42;
const COLUMNS = [
  'embedder',
  'seconds',
  'clusters',
  'noise',
  'stability',
  'Rand',
  'AMI',
  'form',
  'request',
  'language',
];

export interface LoadRow {
  readonly input: string;
  readonly output: string;
  readonly tenant: string;
}

interface Vectors {
  readonly vectors: Float32Array;
  readonly dimensions: number;
}

/** Rows of the load file next to the repository, one per line; null if it is missing. */
export function loadRows(): readonly LoadRow[] | null {
  try {
    const path = resolve(import.meta.dirname, '../../shared/bench/load.jsonl.gz');
    const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as LoadRow);
  } catch {
    return null;
  }
}

/** The rows to cluster, evenly spread. */
export const spread = (rows: readonly LoadRow[]): LoadRow[] =>
  Array.from({ length: ROWS }, (_, i) => rows[Math.floor((i * rows.length) / ROWS)]!);

/**
 * Makes a table with, for each embedder, processor seconds to embed, clusters, share of noise, stability (mean adjusted Rand index
 * with the clusters of four draws of 80%, each with its own dimension reduction), agreement with the clusters of the last embedder
 * (adjusted Rand and mutual information), and adjusted mutual information with properties that need no model: format of the output,
 * request, programming language. Noise counts as clusters of one.
 */
export async function loadTable(
  rows: readonly LoadRow[],
  embedders: Readonly<Record<string, Embedder>>,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const texts = rows.map(({ output }) => output);
  const found: { name: string; cells: string[]; labels: Int32Array }[] = [];
  const measure = async (name: string, seconds: string, embedded: Vectors): Promise<void> => {
    const all = Array.from(rows.keys());
    const labels = await clusters(embedded, all);
    const noise = labels.filter((label) => label < 0).length / labels.length;
    const count = new Set(labels).size - (noise > 0 ? 1 : 0);
    const stability = await meanStability(embedded, labels);
    const cells = [seconds, String(count), `${Math.round(100 * noise)}%`, stability.toFixed(2)];
    found.push({ name, cells, labels: alone(labels) });
  };
  for (const [name, embedder] of Object.entries(embedders)) {
    const before = process.cpuUsage();
    const embedded = await embedder.embed(texts);
    const { user, system } = process.cpuUsage(before);
    await measure(name, ((user + system) / 1e6).toFixed(1), embedded);
  }
  for (const [name, path] of Object.entries(files)) {
    const bytes = readFileSync(path);
    const vectors = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    await measure(name, '', { vectors, dimensions: vectors.length / rows.length });
  }
  const last = found.at(-1)!.labels;
  const truths = [rows.map(formOf), rows.map(({ input }) => input), rows.map((row) => row.tenant)];
  const lines = found.map(({ name, cells, labels }) => [
    name,
    ...cells,
    adjustedRandIndex(labels, last).toFixed(2),
    adjustedMutualInformation(labels, last).toFixed(2),
    ...truths.map((truth) => adjustedMutualInformation(numbered(truth), labels).toFixed(2)),
  ]);
  return [COLUMNS, COLUMNS.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Assignments as the command line makes them with `--view output`: -1 for noise. */
async function clusters(
  { vectors, dimensions }: Vectors,
  rows: readonly number[],
): Promise<Int32Array> {
  const part = new Float32Array(rows.length * dimensions);
  for (const [place, row] of rows.entries())
    part.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), place * dimensions);
  const { levels } = await group(
    { vectors: part, dimensions, causes: null },
    {
      algorithm: 'hdbscan',
      clusters: null,
      projection: 'umap',
      minClusterSize: Math.round((SMALLEST * rows.length) / ROWS),
      seed: SEED,
    },
  );
  return levels.find(({ granularity }) => granularity === 'medium')!.assignments;
}

async function meanStability(embedded: Vectors, labels: Int32Array): Promise<number> {
  let sum = 0;
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const rows = Array.from(labels.keys()).filter((row) => isDrawn(row, draw));
    const again = alone(await clusters(embedded, rows));
    sum += adjustedRandIndex(again, alone(Int32Array.from(rows, (row) => labels[row]!)));
  }
  return sum / DRAWS;
}

/** A fixed 80% for each draw, by a hash of row and draw. */
function isDrawn(row: number, draw: number): boolean {
  let hash = Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(draw + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32 < SHARE;
}

/** Turns noise into clusters of one. */
const alone = (labels: Int32Array): Int32Array =>
  numbered([...labels].map((label, row) => (label < 0 ? `alone ${row}` : String(label))));

function numbered(names: readonly string[]): Int32Array {
  const place = new Map([...new Set(names)].map((name, index) => [name, index]));
  return Int32Array.from(names, (name) => place.get(name)!);
}

/** The format of an output. */
const formOf = ({ output }: LoadRow): string =>
  FORMS.find(([, shape]) => shape.test(output.trimStart()))?.[0] ?? 'text';

const FORMS: readonly (readonly [string, RegExp])[] = [
  ['nothing', /^$/],
  ['fence', /^```/],
  ['tag', /^</],
  ['object', /^\{/],
  ['list', /^\[/],
  ['call', /^[\w.]{1,80}\(/],
];
