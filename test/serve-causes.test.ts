import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Analysis } from '../src/contract/analysis.ts';
import { analyze } from '../src/culprit.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';

const bytes = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
);
const file = bytes.subarray(0, bytes.indexOf('\n', 3_000_000) + 1);

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
  for (const line of file.toString().split('\n').filter(Boolean)) {
    const answer = await server.post('/v1/traces', line);
    expect(await answer.text()).toBe('{}');
  }
  await server.rest(600_000);
}, 120_000);
afterAll(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

interface Causes {
  readonly analysis: { readonly traces: number; readonly failed: number } | null;
  readonly causes: Analysis['clusters'];
}

test('stored traces have the causes that their file has', async () => {
  const { analysis } = await analyze(file);
  expect(analysis.clusters.length).toBeGreaterThan(2);
  const answer = await server.post('/api/v1/analyses', {});
  expect(answer.status).toBe(200);
  const { causes } = (await (await server.get('/api/v1/causes')).json()) as Causes;
  const shown = (clusters: Analysis['clusters']) =>
    clusters.map(({ title, size, rank }) => ({ title, size, rank }));
  expect(shown(causes)).toEqual(shown(analysis.clusters));
}, 120_000);

test('the report is a page with these causes', async () => {
  const answer = await server.get('/api/v1/report');
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(await answer.text()).toContain('refund_order');
});

test('traces that arrive later are judged by the facts of those before', async () => {
  const again = file.subarray(0, file.indexOf('\n')).toString();
  await server.post('/v1/traces', again);
  await server.rest(600_000);
  const versions = [...server.store.rows.traces.values()].map((row) => row.detectorVersion);
  expect(versions.some((version) => version.startsWith('0.0.0 '))).toBe(true);
});
