import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Schemas } from '../src/client/client.ts';
import type { Analysis } from '../src/contract/analysis.ts';
import type { Diff } from '../src/contract/diff.ts';
import { analyze, diff } from '../src/culprit.ts';
import type { ChangedDefinition } from '../src/server/comparisons/changed-definitions.ts';
import type { FailuresByCause } from '../src/server/routes/failures-by-cause.ts';
import type { TraceRow } from '../src/store/telemetry/telemetry.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';

const bytes = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
);
/** Some of every day, with both versions. */
const lines = bytes
  .toString()
  .split('\n')
  .filter((_, at) => at % 6 === 0);
const file = Buffer.from(`${lines.join('\n').trim()}\n`);

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
  for (const line of lines.filter(Boolean)) {
    const answer = await server.post('/v1/traces', line);
    expect(await answer.text()).toBe('{}');
  }
  await server.rest(600_000);
}, 120_000);
afterAll(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

type CauseOccurrence = Schemas['CauseOccurrence'];
type CauseFix = Schemas['CauseFix'];
const DAY = 86_400_000;

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

interface Comparison {
  readonly id: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string } | null;
}

async function compared(sides: Record<string, string>): Promise<Comparison> {
  const answer = await server.post('/api/v1/comparisons', sides);
  expect(answer.status).toBe(201);
  const { id } = (await answer.json()) as Comparison;
  return await vi.waitFor(
    async () => {
      const now = (await (await server.get(`/api/v1/comparisons/${id}`)).json()) as Comparison;
      expect(['waiting', 'running']).not.toContain(now.state);
      return now;
    },
    { timeout: 60_000, interval: 50 },
  );
}

const exported = async (query: string): Promise<Buffer> =>
  Buffer.from(await (await server.get(`/api/v1/export?${query}`)).arrayBuffer());

/** What a comparison says, without the ids of causes: on the server, they keep those that they have there. */
const figures = ({ causes, failures, ...rest }: Diff) => {
  const places = new Map(causes.map(({ id }, at) => [id, at]));
  return {
    ...rest,
    causes: causes.map(({ id: _, ...cause }) => cause),
    failures: failures
      .map(({ traceId, side, cause }) => ({ traceId, side, at: places.get(cause ?? '') ?? -1 }))
      .sort((a, b) => (a.traceId < b.traceId ? -1 : 1)),
  };
};

const recordOf = async ({ id }: Comparison): Promise<Diff> =>
  (await (await server.get(`/api/v1/comparisons/${id}/json`)).json()) as Diff;

test('two versions compare as `diff --by` compares the exported traces, here of a tenant', async () => {
  const sides = { by: 'promptVersion', from: 'support-v3', to: 'support-v4' };
  const made = await compared({ ...sides, tenant: 'acme-outdoor' });
  expect(made).toMatchObject({ state: 'done', error: null });
  const { diff: expected } = await diff(
    Buffer.concat([
      await exported('promptVersion=support-v3&tenant=acme-outdoor'),
      await exported('promptVersion=support-v4&tenant=acme-outdoor'),
    ]),
    sides,
  );
  expect(expected.causes.length).toBeGreaterThan(2);
  expect({ ...figures(await recordOf(made)), toolVersion: '' }).toEqual({
    ...figures(expected),
    toolVersion: '',
  });
}, 120_000);

test('two times compare as two files with their traces', async () => {
  const [from, middle, to] = [
    '2026-06-01T00:00:00Z',
    '2026-06-06T00:00:00Z',
    '2026-06-20T00:00:00Z',
  ];
  const made = await compared({ by: 'time', from: `${from}/${middle}`, to: `${middle}/${to}` });
  expect(made).toMatchObject({ state: 'done', error: null });
  const found = await recordOf(made);
  const names = ['June 1–5, 2026', 'June 6–19, 2026'] as const;
  const { diff: expected } = await diff({
    before: await exported(`from=${from}&to=${middle}`),
    after: await exported(`from=${middle}&to=${to}`),
    names,
  });
  expect(expected.before.traces).toBeGreaterThan(20);
  expect(expected.after.traces).toBeGreaterThan(20);
  const same = { toolVersion: '', by: 'time' };
  expect({ ...figures(found), ...same }).toEqual({ ...figures(expected), ...same });
  expect(found.by).toBe('time');
  const page = await (await server.get(`/api/v1/comparisons/${made.id}/report`)).text();
  expect(page).toContain('June 1–5, 2026');
}, 120_000);

test('a comparison is kept with the definitions that changed, and says what it cannot do', async () => {
  const { items } = (await (await server.get('/api/v1/comparisons')).json()) as {
    items: (Comparison & { sides: Record<string, string> })[];
  };
  expect(items.map(({ sides, state }) => [sides['by'], state])).toEqual([
    ['time', 'done'],
    ['promptVersion', 'done'],
  ]);
  const [, first] = items;
  const result = (await (await server.get(`/api/v1/comparisons/${first!.id}/result`)).json()) as {
    kind: string;
    definitions: ChangedDefinition[];
  };
  expect(result.kind).toBe('diff');
  const [prompt, ...others] = result.definitions;
  expect(prompt).toMatchObject({ kind: 'prompt', before: 'support-v3', after: 'support-v4' });
  expect(others).toEqual([]);
  const lines = prompt!.hunks.flatMap((hunk) => hunk.lines);
  expect(
    lines
      .filter(({ kind }) => kind === 'added')
      .map(({ text }) => text)
      .join(' '),
  ).toMatch(/illegal[\s\S]*JSON/);
  const absent = await compared({ by: 'promptVersion', from: 'support-v3', to: 'support-v9' });
  expect(absent.state).toBe('failed');
  expect(absent.error?.code).toBe('invalid_option');
  const ended = await server.post(`/api/v1/comparisons/${absent.id}/cancel`, {});
  expect(ended.status).toBe(409);
  for (const [wrong, about] of [
    [{ by: 'release', from: 'a', to: 'a' }, 'both sides are a'],
    [{ by: 'time', from: 'yesterday', to: 'today' }, 'a time has a start'],
    [
      {
        by: 'time',
        from: '2026-06-01T00:00:00Z/2026-06-04T00:00:00Z',
        to: '2026-06-03T00:00:00Z/2026-06-07T00:00:00Z',
      },
      'overlap',
    ],
    [{ by: 'release', from: 'a', to: 'b', tenent: 'x' }, 'tenent'],
  ] as const) {
    const answer = await server.post('/api/v1/comparisons', wrong);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(about);
  }
}, 120_000);

/** Traces and failures of a cause among those that a condition selects, counted row by row. */
function rowsOf(cause: string, isCounted: (row: TraceRow) => boolean) {
  const rows = [...server.store.rows.traces.values()].filter(
    (row) => row.eligible && isCounted(row),
  );
  const failed = rows.filter(
    ({ failed: isFailed, traceId }) =>
      isFailed && server.store.rows.assignments.get(`default ${traceId}`)?.cluster === cause,
  );
  return { events: failed.length, exposures: rows.length };
}

test('a cause has rates by version, tenant and day, those of a merged cause among them', async () => {
  const { causes } = (await (await server.get('/api/v1/causes')).json()) as Causes;
  const [first, second] = causes.filter(({ rank }) => rank !== null);
  const merge = { kind: 'cause', subject: second!.id, field: 'mergedInto', value: first!.id };
  const acted = await server.post('/api/v1/decisions', { action: 'merge', changes: [merge] });
  const { id } = (await acted.json()) as { id: string };
  await server.post('/api/v1/deploys', {
    ...{ at: '2026-06-06T12:00:00Z', promptVersion: 'support-v4', environment: 'production' },
  });
  const found = (await (
    await server.get(`/api/v1/causes/${second!.id}/trend`)
  ).json()) as CauseOccurrence;
  const both = (isCounted: (row: TraceRow) => boolean): number =>
    rowsOf(first!.id, isCounted).events + rowsOf(second!.id, isCounted).events;
  expect(found.failures).toBe(first!.size + second!.size);
  expect(found.traces).toBe(rowsOf('', () => true).exposures);
  expect(found.breakdowns.map(({ dimension }) => dimension)).toEqual(['promptVersion', 'tenant']);
  for (const { dimension, values } of found.breakdowns)
    for (const { value, failures, traces, rateInterval, ratePerThousand } of values) {
      const isHere = (row: TraceRow): boolean =>
        (dimension === 'tenant' ? row.tenant : row.promptVersion) === value;
      expect([failures, traces]).toEqual([both(isHere), rowsOf('', isHere).exposures]);
      expect(ratePerThousand).toBeCloseTo((1000 * failures) / traces, 3);
      expect(rateInterval[0]).toBeLessThan(ratePerThousand);
      expect(rateInterval[1]).toBeGreaterThan(ratePerThousand);
    }
  const { days, releases } = found.trend;
  expect(days.length).toBe(12);
  for (const { start, traces, failures } of days) {
    const isHere = ({ anchor }: TraceRow): boolean => anchor >= start && anchor < start + DAY;
    expect([failures, traces]).toEqual([both(isHere), rowsOf('', isHere).exposures]);
  }
  expect(releases).toEqual([
    {
      ...{ dimension: 'promptVersion', value: 'support-v4', traces: 0, group: 5 },
      time: Date.parse('2026-06-06T12:00:00Z'),
    },
  ]);
  await server.post(`/api/v1/activity/${id}/undo`, {});
});

test('a fix is proved or refuted in its version and environment alone, and what came back is reopened', async () => {
  const at = Date.parse('2026-06-06T00:00:00Z');
  const { causes } = (await (await server.get('/api/v1/causes')).json()) as Causes;
  let { id } = causes.find(({ rank }) => rank === 1)!;
  const fixIn = async (given: object): Promise<CauseFix> => {
    const value = { version: 'promptVersion', value: 'support-v4', environment: '', at, ...given };
    const changes = [
      { kind: 'cause', subject: id, field: 'state', value: 'fixed' },
      { kind: 'cause', subject: id, field: 'fixedIn', value },
    ];
    const acted = await server.post('/api/v1/decisions', { action: 'fixed', changes });
    expect(acted.status).toBe(200);
    return (await (await server.get(`/api/v1/causes/${id}/fix`)).json()) as CauseFix;
  };
  const elsewhere = await fixIn({ environment: 'staging' });
  expect(elsewhere.proof).toMatchObject({ state: 'no rate before', after: { exposures: 0 } });
  const later = await fixIn({ value: 'support-v5', at: Date.parse('2026-06-20T00:00:00Z') });
  expect(later.proof).toMatchObject({ state: 'open', after: { events: 0, exposures: 0 } });
  expect(later.proof?.before).toMatchObject(rowsOf(id, () => true));
  const { proof } = await fixIn({});
  const inV4 = ({ promptVersion }: TraceRow): boolean => promptVersion === 'support-v4';
  expect(proof?.before).toMatchObject(rowsOf(id, (row) => row.anchor < at && !inV4(row)));
  expect(proof?.after).toMatchObject(rowsOf(id, (row) => row.anchor >= at && inV4(row)));
  // In all versions, since the first of the refusals, which the next days brought.
  id = causes.find(({ title }) => title.includes('harmless'))!.id;
  const refused = [...server.store.rows.assignments.values()].filter((row) => row.cluster === id);
  const since = Math.min(...refused.map(({ anchor }) => anchor)) + 1;
  const back = await fixIn({ version: 'release', value: '', at: since });
  expect(back.proof?.before).toMatchObject(rowsOf(id, ({ anchor }) => anchor < since));
  expect(back.proof?.after).toMatchObject(rowsOf(id, ({ anchor }) => anchor >= since));
  expect(back.proof?.state).toBe('regressed');
  await server.post('/api/v1/analyses?wait=true', {});
  const now = (await (await server.get(`/api/v1/causes/${id}/fix`)).json()) as CauseFix;
  expect(now.states.at(-1)).toMatchObject({ state: 'regressed', by: 'schedule' });
}, 120_000);

test('traces that arrive later are judged by the facts of those before', async () => {
  const again = file.subarray(0, file.indexOf('\n')).toString();
  await server.post('/v1/traces', again);
  await server.rest(600_000);
  const versions = [...server.store.rows.traces.values()].map((row) => row.detectorVersion);
  expect(versions.some((version) => version.startsWith('0.0.0 '))).toBe(true);
});
