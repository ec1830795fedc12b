import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Trace } from '../src/contract/trace.ts';
import { testServer } from '../src/testing/test-server.ts';
import { receivedTraces } from './clients/received-traces.ts';
import { importFiles } from './import/import-files.ts';

/** Payloads that clients sent, or that their own tests hold: a server makes of them what `analyze` makes of the file. */
const recorded = resolve(import.meta.dirname, '../../shared/fixtures/otel');
const isAbsent = !existsSync(recorded);
if (isAbsent) console.warn(`skipped: recorded traces are not in ${recorded}`);
const files = isAbsent
  ? ['none']
  : readdirSync(recorded).filter((name) => /\.(?:otlp\.jsonl?|pb)$/.test(name));

/** Their clocks are those of 1970, so a server sets the time of receipt in place of theirs. */
const WRONG_CLOCKS = /google-adk-child|proto-pollution/;

/** The requests of a file: one, or one a line. */
function requestsIn(file: string): readonly (readonly [type: string, body: Uint8Array | string])[] {
  const bytes = readFileSync(file);
  if (file.endsWith('.pb')) return [['application/x-protobuf', bytes]];
  const text = bytes.toString();
  const lines = file.endsWith('l') ? text.split('\n').filter((line) => line.trim() !== '') : [text];
  return lines.map((line) => ['application/json', line]);
}

/** What must be the same: all but where a trace came from, and the order in which its scores came. */
const compared = (traces: readonly Trace[]): unknown =>
  [...traces]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ origin: _, scores, ...trace }) => ({
      ...trace,
      scores: [...scores].sort((a, b) => (a.name < b.name ? -1 : 1)),
    }));

describe('recorded payloads over HTTP', () => {
  test.skipIf(isAbsent).each(files)('%s', async (name) => {
    const file = join(recorded, name);
    const server = await testServer();
    for (const [type, body] of requestsIn(file)) {
      const path = String(body).includes('"resourceLogs"') ? '/v1/logs' : '/v1/traces';
      const { status } = await server.post(path, body, { 'content-type': type });
      expect(status).toBe(200);
    }
    const received = await receivedTraces(server);
    const { traces } = await importFiles(file);
    const made = received.map(({ trace }) => trace);
    if (WRONG_CLOCKS.test(name)) {
      expect(made.map(({ messages }) => messages)).toEqual(traces.map(({ messages }) => messages));
      expect(made.flatMap(({ gaps }) => gaps.map(({ kind }) => kind))).toContain('missing_time');
    } else expect(compared(made)).toEqual(compared(traces));
    await server.close();
    expect(server.errors).toEqual([]);
  });
});
