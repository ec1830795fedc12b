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
  /** The trace as in the file, one line of JSON. */
  readonly line: string;
  readonly source: string;
  readonly half: Half;
  /** False: nobody judged the run, so that `failed` means nothing. */
  readonly reviewed: boolean;
  readonly failed: boolean;
  readonly labels: readonly string[];
  readonly primary: string | null;
  readonly rootCause: string | null;
  readonly detail: JsonObject;
}

/** Failures of unknown kind: used only for detection. */
const UNKNOWN = new Set(['other:task_not_done', 'other:hallucination', 'other:unlabelled_kind']);

/** Whether a failure has a known kind, so that clusters can be compared with it. */
export const isKnownFailure = ({ failed, primary }: BenchTrace): boolean =>
  failed && !UNKNOWN.has(primary ?? '');

interface GoldRow {
  readonly trace_id: string;
  readonly source: string;
  /** Where the bench was split by its maker. */
  readonly half?: Half;
  /** False: nobody judged the run. */
  readonly reviewed?: boolean;
  readonly gold: {
    readonly failed: boolean;
    readonly labels: readonly string[];
    readonly primary?: string;
    readonly root_cause?: string;
    readonly detail: JsonObject;
  };
}

/**
 * Reads a bench next to the repository (`../shared/bench/open.tgz`, `fresh.tgz`), or an unpacked folder.
 * Null if it is missing: it is internal data and not part of the repository.
 */
export async function readOpenBench(
  folder?: string,
  name: 'open' | 'fresh' = 'open',
): Promise<readonly BenchTrace[] | null> {
  const archive = resolve(import.meta.dirname, `../../shared/bench/${name}.tgz`);
  const read = folder === undefined ? fromArchive(archive) : fromFolder(folder);
  if (read === null) return null;
  const gold = new Map(rowsOf<GoldRow>(linesOf(read('gold.jsonl.gz'))));
  const lines = linesOf(read('traces.jsonl.gz'));
  const lineOf = new Map(rowsOf(lines).map(([id], row) => [id, lines[row] ?? '']));
  const rows: BenchTrace[] = [];
  for await (const traces of collect([sourceOf('traces.jsonl', lines)], {}).traces()) {
    for (const trace of traces) {
      const row = gold.get(trace.id);
      const line = lineOf.get(trace.id);
      if (row === undefined || line === undefined) throw new Error(`${trace.id} has no gold`);
      rows.push(withTruth(trace, line, row));
    }
  }
  return rows;
}

const withTruth = (
  trace: Trace,
  line: string,
  { source, gold, half, reviewed }: GoldRow,
): BenchTrace => ({
  trace,
  line,
  source,
  half: half ?? halfOf(source, taskOf(gold.detail, trace.input)),
  reviewed: reviewed ?? true,
  failed: gold.failed,
  labels: gold.labels,
  primary: gold.primary ?? null,
  rootCause: gold.root_cause ?? null,
  detail: gold.detail,
});

/** JSON lines as a file for `collect` and `analyze`. */
export function sourceOf(name: string, lines: readonly string[]): ByteSource {
  const bytes = new TextEncoder().encode(lines.join('\n'));
  return {
    name,
    size: bytes.length,
    async *open() {
      yield bytes;
    },
  };
}

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
    if (file === undefined) throw new Error(`${path} contains no ${name}`);
    return file;
  };
}

const text = (bytes: Buffer, at: number, length: number): string =>
  bytes
    .toString('latin1', at, at + length)
    .split('\0')[0]
    ?.trim() ?? '';

const linesOf = (zipped: Buffer): string[] =>
  gunzipSync(zipped)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');

const rowsOf = <Row extends { readonly trace_id: string }>(
  lines: readonly string[],
): [string, Row][] =>
  lines.map((line) => {
    const row = JSON.parse(line) as Row;
    return [row.trace_id, row];
  });
