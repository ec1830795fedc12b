import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { collect } from '../src/collect/collect.ts';
import type { ByteSource } from '../src/contract/byte-source.ts';
import type { JsonObject } from '../src/contract/json.ts';
import type { Trace } from '../src/contract/trace.ts';
import { type Half, halfOf, taskOf } from './split.ts';

/** One trace of the open bench with its truth. */
export interface BenchTrace {
  readonly trace: Trace;
  readonly source: string;
  readonly half: Half;
  readonly failed: boolean;
  readonly labels: readonly string[];
  readonly primary: string | null;
  readonly rootCause: string | null;
  readonly detail: JsonObject;
}

interface GoldRow {
  readonly trace_id: string;
  readonly source: string;
  readonly gold: {
    readonly failed: boolean;
    readonly labels: readonly string[];
    readonly primary?: string;
    readonly root_cause?: string;
    readonly detail: JsonObject;
  };
}

/**
 * Reads the bench beside the repository (`../shared/bench/open.tgz`), or an unpacked `open` folder.
 * Null when it is not there: it is internal data that is not part of the repository.
 */
export async function readOpenBench(folder?: string): Promise<readonly BenchTrace[] | null> {
  const archive = resolve(import.meta.dirname, '../../shared/bench/open.tgz');
  const read = folder === undefined ? fromArchive(archive) : fromFolder(folder);
  if (read === null) return null;
  const gold = new Map(lines(read('gold.jsonl.gz')).map((row) => [row.trace_id, row]));
  const rows: BenchTrace[] = [];
  for await (const traces of collect([source(read('traces.jsonl.gz'))], {}).traces()) {
    for (const trace of traces) {
      const row = gold.get(trace.id);
      if (row === undefined) throw new Error(`${trace.id} has no gold`);
      rows.push(labelled(trace, row));
    }
  }
  return rows;
}

const labelled = (trace: Trace, { source, gold }: GoldRow): BenchTrace => ({
  trace,
  source,
  half: halfOf(source, taskOf(gold.detail, trace.input)),
  failed: gold.failed,
  labels: gold.labels,
  primary: gold.primary ?? null,
  rootCause: gold.root_cause ?? null,
  detail: gold.detail,
});

const source = (zipped: Buffer): ByteSource => {
  const bytes = gunzipSync(zipped);
  return {
    name: 'traces.jsonl',
    size: bytes.length,
    async *open() {
      yield bytes;
    },
  };
};

function fromFolder(folder: string): (name: string) => Buffer {
  return (name) => readFileSync(join(folder, name));
}

function fromArchive(path: string): ((name: string) => Buffer) | null {
  if (!existsSync(path)) return null;
  const tar = gunzipSync(readFileSync(path));
  const files = new Map<string, Buffer>();
  for (let at = 0; at + 512 <= tar.length; ) {
    const name = text(tar, at, 100);
    if (name === '') break;
    const size = Number.parseInt(text(tar, at + 124, 12), 8) || 0;
    files.set(name.split('/').at(-1) ?? '', tar.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return (name) => {
    const file = files.get(name);
    if (file === undefined) throw new Error(`${path} holds no ${name}`);
    return file;
  };
}

const text = (bytes: Buffer, at: number, length: number): string =>
  bytes
    .toString('latin1', at, at + length)
    .split('\0')[0]
    ?.trim() ?? '';

const lines = (bytes: Buffer): GoldRow[] =>
  gunzipSync(bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as GoldRow);
