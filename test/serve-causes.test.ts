import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Analysis } from '../src/contract/analysis.ts';
import { analyze, diff } from '../src/culprit.ts';
import type { FailuresByCause } from '../src/server/routes/failures-by-cause.ts';
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
  readonly failures: FailuresByCause;
}

test('stored traces have the causes that their file has', async () => {
  const { analysis } = await analyze(file);
  expect(analysis.clusters.length).toBeGreaterThan(2);
  const answer = await server.post('/api/v1/analyses?wait=true', {});
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ state: 'done' });
  const { causes } = (await (await server.get('/api/v1/causes')).json()) as Causes;
  const shown = (clusters: Analysis['clusters']) =>
    clusters.map(({ title, size, rank }) => ({ title, size, rank }));
  expect(shown(causes)).toEqual(shown(analysis.clusters));
}, 120_000);

/** The cause of every failure by the analysis of the file, and by `diff --against` it. */
async function causesByFile() {
  const { analysis } = await analyze(file, { sample: 'all' });
  const { diff: found } = await diff(file, { against: analysis });
  const of = (rows: readonly { readonly traceId: string; readonly cluster: string | null }[]) => {
    const conditional = new Set(
      analysis.clusters.filter(({ condition }) => condition !== null).map(({ id }) => id),
    );
    return new Map(
      rows.map(({ traceId, cluster }) => [
        traceId,
        cluster !== null && conditional.has(cluster) ? cluster : '',
      ]),
    );
  };
  return {
    analyzed: of(analysis.failures),
    against: of(found.failures.map(({ traceId, cause }) => ({ traceId, cluster: cause }))),
  };
}

test('the file, a later run against it and the server assign every failure to the same cause', async () => {
  const { analyzed, against } = await causesByFile();
  const failed = [...server.store.rows.traces.values()].filter((row) => row.failed);
  const assigned = new Map(
    failed.map(({ traceId }) => [
      traceId,
      server.store.rows.assignments.get(`default ${traceId}`)?.cluster,
    ]),
  );
  expect(analyzed.size).toBeGreaterThan(50);
  expect(against).toEqual(analyzed);
  expect(assigned).toEqual(analyzed);
}, 120_000);

test('all stored failures are counted by cause, day, version and tenant', async () => {
  const rows = [...server.store.rows.traces.values()].filter((row) => row.failed);
  const { causes, failures } = (await (await server.get('/api/v1/causes')).json()) as Causes;
  expect(failures.total).toBe(rows.length);
  expect(failures.days.length).toBe(new Set(failures.days).size);
  const [first] = causes;
  const counted = failures.causes.find(({ cause }) => cause === first?.id)!;
  expect(counted.failures).toBe(first?.size);
  for (const each of failures.causes) {
    const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
    expect(sum(each.byDay)).toBe(each.failures);
    expect(sum(each.byPromptVersion.map((one) => one.failures))).toBe(each.failures);
    const answer = await server.get(`/api/v1/traces?limit=1000&cause=${each.cause ?? 'none'}`);
    const page = (await answer.json()) as { items: { id: string; failed: boolean }[] };
    expect(page.items.length).toBe(each.failures);
    expect(page.items.every(({ failed }) => failed)).toBe(true);
  }
  const value = counted.byTenant[0]?.value ?? '';
  const some = (await (
    await server.get(`/api/v1/causes?tenant=${encodeURIComponent(value)}`)
  ).json()) as Causes;
  expect(some.failures.total).toBe(rows.filter(({ tenant }) => tenant === value).length);
});

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
