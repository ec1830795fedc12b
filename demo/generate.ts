import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { simulate } from './simulate.ts';

/** Writes the demo data that `culprit demo` reads: `dist/demo/traces.otlp.jsonl.gz`, and the planted causes next to it. */
export function writeDemo(folder: string): void {
  const { lines, runs } = simulate({ runs: 2_600, seed: 7 });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    resolve(folder, 'traces.otlp.jsonl.gz'),
    gzipSync(`${lines.join('\n')}\n`, { level: 9 }),
  );
  const planted = Object.fromEntries(runs.map(({ traceId, cause }) => [traceId, cause]));
  writeFileSync(resolve(folder, 'planted.json'), `${JSON.stringify(planted)}\n`);
}

if (import.meta.main) writeDemo(resolve(import.meta.dirname, '../dist/demo'));
