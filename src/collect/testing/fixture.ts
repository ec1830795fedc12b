import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Json } from '../../contract/json.ts';

const FOLDER = resolve(import.meta.dirname, '../../../../shared/fixtures/otel');

/** Captured payloads live beside the repository; suites that need them skip without. */
export const hasFixtures: boolean = existsSync(FOLDER);
if (!hasFixtures)
  process.stderr.write(`payload tests are skipped: ${FOLDER} is absent
`);

export function fixtureBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(resolve(FOLDER, name)));
}

export function fixtureJson(name: string): Json {
  return JSON.parse(readFileSync(resolve(FOLDER, name), 'utf8')) as Json;
}

export function fixtureLines(name: string): Json[] {
  const lines = readFileSync(resolve(FOLDER, name), 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as Json);
}
