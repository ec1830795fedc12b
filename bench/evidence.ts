import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { ByteSource } from '../src/contract/byte-source.ts';
import type { Failure } from '../src/contract/failure.ts';
import { scan } from '../src/scan/scan.ts';
import { defaultOptions } from '../src/testing/trace.ts';
import { shownQuote } from '../src/text/shown-quote.ts';
import { RawText } from './raw-text.ts';

/**
 * Share of the quotes in evidence that the user's file holds verbatim (JSON string escapes undone), and
 * the misses by detector and place, and how many first quotes are a name or a word without its field. Each path is a file or a folder; default: the shared fixtures.
 *
 * node bench/evidence.ts [PATH…] [--misses N]
 */
const fixtures = resolve(import.meta.dirname, '../../shared/fixtures/otel');
const { values, positionals } = parseArgs({
  options: { misses: { type: 'string', default: '2' } },
  allowPositionals: true,
});

const DATA = /\.(?:json|jsonl|csv|txt|pb)(?:\.gz)?$/;

interface Miss {
  readonly file: string;
  readonly trace: string;
  readonly detector: string;
  readonly path: string;
  readonly quote: string;
}

interface Count {
  quotes: number;
  readonly bare: Miss[];
  readonly misses: Miss[];
}

const counts = new Map<string, Count>();
for (const path of positionals.length > 0 ? positionals : [fixtures])
  await measure(path, filesIn(path));
report();

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => DATA.test(name) && !name.startsWith('gold'))
    .map((name) => join(path, name));
}

async function measure(name: string, paths: readonly string[]): Promise<void> {
  const count: Count = { quotes: 0, bare: [], misses: [] };
  counts.set(name, count);
  for (const path of paths) {
    const bytes = path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path);
    const text = bytes.toString('utf8');
    const lines = text.split('\n');
    const whole = new RawText(text.length < 1e6 ? text : '');
    const elsewhere = (id: string, quote: string): boolean =>
      lines.some((line) => line.includes(id) && new RawText(line).holds(quote));
    for (const failure of await failuresIn(path, bytes)) {
      const { file, line } = failure.trace.origin;
      const raw = line === null || text.length < 1e6 ? whole : new RawText(lines[line - 1] ?? '');
      check(failure, file, raw, count, elsewhere);
    }
  }
}

/** `elsewhere` looks at the other lines of a trace that has several. */
function check(
  { trace, signals }: Failure,
  file: string,
  raw: RawText,
  count: Count,
  elsewhere: (id: string, quote: string) => boolean,
): void {
  for (const { detector, evidence } of signals)
    for (const { path, quote } of evidence) {
      count.quotes += 1;
      const found = { file, trace: trace.id, detector, path, quote };
      if (!raw.holds(quote) && !elsewhere(trace.id, quote)) count.misses.push(found);
      if (isBare(found) && evidence[0]?.quote === quote) count.bare.push(found);
    }
}

async function failuresIn(name: string, bytes: Uint8Array): Promise<readonly Failure[]> {
  const source: ByteSource = {
    name,
    size: bytes.length,
    async *open() {
      yield bytes;
    },
  };
  try {
    const { detected } = await scan(
      { kind: 'bytes', sources: [source] },
      {
        scores: [],
        stepBudget: defaultOptions.stepBudget,
        policy: null,
        detectors: [],
        sample: 1e9,
        seed: 42,
        all: false,
        columns: {},
      },
      {},
    );
    return detected.failures;
  } catch {
    // A fixture without a trace or without a failure has no evidence.
    return [];
  }
}

function report(): void {
  for (const [name, { quotes, bare, misses }] of counts) {
    const share = quotes === 0 ? '–' : `${(100 * (1 - misses.length / quotes)).toFixed(2)}%`;
    console.log(`\n## ${name}: ${share} of ${quotes} quotes are in the file\n`);
    list(misses);
    console.log(`\nfirst quotes that are a name or a word without its field: ${bare.length}\n`);
    list(bare);
  }
}

function list(all: readonly Miss[]): void {
  for (const [place, of] of Map.groupBy(all, placeOf)) {
    console.log(`${String(of.length).padStart(6)}  ${place}`);
    for (const { trace, path, quote } of of.slice(0, Number(values.misses)))
      console.log(`        ${trace} ${path} ${JSON.stringify(quote.slice(0, 160))}`);
  }
}

/** Neither a field with its value nor as much as a phrase. */
function isBare({ path, quote }: Miss): boolean {
  return shownQuote({ path, quote }) === quote && !/\S\s\S/.test(quote.trim());
}

/** Detector and kind of place: indices are masked, and what an argument is called. */
function placeOf({ detector, path }: Miss): string {
  return `${detector} ${path.replaceAll(/\/\d+/g, '/n').replace(/(arguments\/).*/, '$1…')}`;
}
