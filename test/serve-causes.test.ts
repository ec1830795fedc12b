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

test('merges, splits and moves count the same everywhere: causes, stored failures, traces, exports, the report', async () => {
  const asked = async (path: string) =>
    (await (await server.get(`/api/v1${path}`)).json()) as Causes & { items: { id: string }[] };
  const before = await asked('/causes');
  const [first, second, third] = before.causes.filter(({ rank }) => rank !== null);
  const own = async (id: string) =>
    (await asked(`/traces?limit=1000&cause=${id}`)).items.map(({ id: trace }) => trace);
  const [of, away] = [await own(first!.id), await own(third!.id)];
  const put = (trace: string, to: string | null) =>
    ({ kind: 'trace', subject: trace, field: 'place', value: { cause: to } }) as const;
  const changes = [
    { kind: 'cause', subject: second!.id, field: 'mergedInto', value: first!.id },
    { kind: 'cause', subject: 'c-split', field: 'splitFrom', value: first!.id },
    ...of.slice(0, 3).map((trace) => put(trace, 'c-split')),
    // Moved to a cause that was merged away: it counts for the survivor.
    put(away[0]!, second!.id),
    put(away[1]!, null),
  ];
  const acted = await server.post('/api/v1/decisions', { action: 'regroup', changes });
  expect(acted.status).toBe(200);
  const { id } = (await acted.json()) as { readonly id: string };

  const { causes, failures } = await asked('/causes');
  const expected = new Map([
    [first!.id, first!.size + second!.size - 3 + 1],
    [third!.id, third!.size - 2],
    ['c-split', 3],
  ]);
  for (const [cause, size] of expected) {
    expect(causes.find((each) => each.id === cause)?.size).toBe(size);
    const counted = failures.causes.find((each) => each.cause === cause);
    expect(counted?.failures).toBe(size);
    expect(counted?.byTenant.reduce((sum, each) => sum + each.failures, 0)).toBe(size);
    expect((await own(cause)).length).toBe(size);
    const exported = await (await server.get(`/api/v1/export?cause=${cause}`)).text();
    const { analysis } = await analyze(Buffer.from(exported));
    expect(analysis.failedCount).toBe(size);
  }
  expect(failures.total).toBe(before.failures.total);
  expect(failures.causes.reduce((sum, each) => sum + each.failures, 0)).toBe(failures.total);
  expect(failures.causes.some(({ cause }) => cause === second!.id)).toBe(false);
  expect(await own('none')).toContain(away[1]);
  const page = await (await server.get('/api/v1/report')).text();
  const data = /<script[^>]*type="application\/json"[^>]*>([\s\S]*?)<\/script>/.exec(page)![1]!;
  const shown = (JSON.parse(data) as { analysis: Analysis }).analysis;
  expect(shown.clusters.map(({ id: each, size }) => [each, size])).toEqual(
    causes.map(({ id: each, size }) => [each, size]),
  );
  expect((await server.post(`/api/v1/activity/${id}/undo`, {})).status).toBe(200);
  expect((await asked('/causes')).failures).toEqual(before.failures);
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
