import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { staticEmbedder } from '../src/embed/static/static-embedder.ts';
import { hash32, nextFloat, nextNormal, seedRandom } from '../src/numeric/random/random.ts';
import { readAsset } from '../src/platform/package-file.ts';

export interface DataSet {
  readonly name: string;
  readonly n: number;
  readonly dimensions: number;
  readonly points: Float32Array;
  /** Planted group of each point, −1 for noise; absent for texts. */
  readonly truth?: Int32Array;
}

const LOAD = resolve(import.meta.dirname, '../../shared/bench/load.jsonl.gz');

/** Groups of uneven size and spread on 8-dimensional patches in `dimensions` columns, with 10% noise. */
export function mixture(n: number, dimensions: number, seed = 1): DataSet {
  const random = seedRandom(seed);
  const groups = Math.max(5, Math.round(Math.sqrt(n) / 4));
  const patch = 8;
  const centers = normals(groups * dimensions, random);
  const axes = normals(groups * patch * dimensions, random);
  const cumulative = weights(groups, random);
  const points = new Float32Array(n * dimensions);
  const truth = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    if (nextFloat(random) < 0.1) {
      truth[i] = -1;
      for (let c = 0; c < dimensions; c++) points[i * dimensions + c] = 1.5 * nextNormal(random);
      continue;
    }
    const group = pick(cumulative, nextFloat(random));
    truth[i] = group;
    const spread = 0.15 + (0.25 * (group % 7)) / 7;
    for (let c = 0; c < dimensions; c++)
      points[i * dimensions + c] = centers[group * dimensions + c]! + 0.1 * nextNormal(random);
    for (let axis = 0; axis < patch; axis++) {
      const along = spread * nextNormal(random);
      const start = (group * patch + axis) * dimensions;
      for (let c = 0; c < dimensions; c++)
        points[i * dimensions + c] = points[i * dimensions + c]! + along * axes[start + c]!;
    }
  }
  return { name: 'mixture', n, dimensions, points, truth };
}

/** Unit vectors of real texts: character trigrams hashed into `dimensions` signed columns. Null without the file. */
export function textVectors(most: number, dimensions: number): DataSet | null {
  const texts = readTexts(most);
  if (texts === null) return null;
  const points = new Float32Array(texts.length * dimensions);
  for (const [row, text] of texts.entries())
    hashText(text, points.subarray(row * dimensions, (row + 1) * dimensions));
  return { name: 'texts', n: texts.length, dimensions, points };
}

/** The same texts embedded by the static embedder. Null without the file. */
export async function embedded(most: number): Promise<DataSet | null> {
  const texts = readTexts(most);
  if (texts === null) return null;
  const embedder = staticEmbedder(await readAsset('static-model'));
  const { vectors, dimensions } = await embedder.embed(texts);
  return { name: 'vectors', n: texts.length, dimensions, points: vectors };
}

/** Input and output of `most` traces, evenly spread over the file. */
function readTexts(most: number): readonly string[] | null {
  if (!existsSync(LOAD)) {
    console.error(`no texts at ${LOAD}, skipped`);
    return null;
  }
  const lines = gunzipSync(readFileSync(LOAD)).toString('utf8').trimEnd().split('\n');
  const step = Math.max(1, lines.length / most);
  return Array.from({ length: Math.min(most, lines.length) }, (_, row) => {
    const { input, output } = JSON.parse(lines[Math.floor(row * step)]!) as Record<string, unknown>;
    return `${written(input)}\n${written(output)}`;
  });
}

const written = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? '');

function hashText(content: string, row: Float32Array): void {
  const lower = content.slice(0, 2000).toLowerCase();
  for (let i = 0; i + 2 < lower.length; i++) {
    const hash = hash32(lower.charCodeAt(i), lower.charCodeAt(i + 1), lower.charCodeAt(i + 2));
    const column = (hash >>> 1) % row.length;
    row[column] = row[column]! + (hash & 1 ? 1 : -1);
  }
  const length = Math.hypot(...row) || 1;
  for (let c = 0; c < row.length; c++) row[c] = row[c]! / length;
}

function normals(count: number, random: Uint32Array): Float32Array {
  return Float32Array.from({ length: count }, () => nextNormal(random));
}

/** Cumulative shares; the largest group is about ten times the smallest. */
function weights(groups: number, random: Uint32Array): Float64Array {
  const raw = Float64Array.from({ length: groups }, () => 0.1 + nextFloat(random));
  const total = raw.reduce((a, b) => a + b, 0);
  let sum = 0;
  return raw.map((value) => {
    sum += value / total;
    return sum;
  });
}

function pick(cumulative: Float64Array, value: number): number {
  const found = cumulative.findIndex((edge) => value < edge);
  return found < 0 ? cumulative.length - 1 : found;
}
