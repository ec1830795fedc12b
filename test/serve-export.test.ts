import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collect } from '../src/collect/collect.ts';
import type { Trace } from '../src/contract/trace.ts';
import { analyze } from '../src/culprit.ts';
import { bytesSource } from '../src/platform/memory-source.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
import { runCulprit } from './run-culprit.ts';

const FIXTURES = resolve(import.meta.dirname, 'fixtures/traces');
const folder = await mkdtemp(join(tmpdir(), 'culprit-export-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

let server: TestServer;
beforeEach(async () => {
  server = await testServer();
});
afterEach(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

const importAll = async (bytes: Uint8Array, name = 'file'): Promise<void> => {
  const answer = await server.post(`/api/v1/imports?name=${name}`, bytes);
  expect(answer.status, await answer.text()).toBe(200);
};

interface Exported {
  readonly bytes: Uint8Array;
  readonly state: {
    readonly state: string;
    readonly traces: number;
    readonly leftOut: readonly { readonly what: string; readonly count: number }[];
  };
}

async function exported(query: string): Promise<Exported> {
  const answer = await server.get(`/api/v1/export?${query}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(answer.status, Buffer.from(bytes).toString('utf8', 0, 500)).toBe(200);
  const id = answer.headers.get('x-culprit-export');
  return { bytes, state: await (await server.get(`/api/v1/exports/${id}`)).json() };
}

async function tracesOf(bytes: Uint8Array): Promise<readonly unknown[]> {
  const all: Trace[] = [];
  for await (const batch of collect([bytesSource(bytes, 'file')], {}).traces()) all.push(...batch);
  return all.map(({ origin: _, ...trace }) => trace).sort((a, b) => (a.id < b.id ? -1 : 1));
}

const WITHOUT_TRACES = /score|feedback|annotation|metrics|other-logs|evaluation-logs/;
const names = readdirSync(FIXTURES).filter((name) => !WITHOUT_TRACES.test(name));

describe.each(names)('%s', (name) => {
  const bytes = readFileSync(join(FIXTURES, name));

  test('comes back the same as JSON Lines and as Parquet', async () => {
    await importAll(bytes);
    const expected = await tracesOf(bytes);
    for (const format of ['jsonl', 'parquet']) {
      const { bytes: file, state } = await exported(`format=${format}`);
      expect(await tracesOf(file)).toEqual(expected);
      expect(state).toMatchObject({ state: 'done', traces: expected.length, leftOut: [] });
    }
  });

  test('as OTLP, gives the same traces from a file and when it is sent again', async () => {
    await importAll(bytes);
    const expected = (await tracesOf(bytes)) as Trace[];
    const { bytes: file, state } = await exported('format=otlp');
    const conversations = state.leftOut.find(({ what }) => what.startsWith('conversations'));
    if (conversations !== undefined) {
      expect(conversations.count).toBeGreaterThan(0);
      return;
    }
    expect(held(await tracesOf(file))).toEqual(held(expected));
    const again = await testServer();
    for (const line of Buffer.from(file).toString().split('\n').filter(Boolean)) {
      const path = line.startsWith('{"resourceLogs"') ? '/v1/logs' : '/v1/traces';
      const answer = await again.post(path, line);
      expect([answer.status, await answer.text()]).toEqual([200, '{}']);
    }
    await again.rest(86_400_000);
    const received = await again.get('/api/v1/export?format=jsonl');
    const traces = await tracesOf(new Uint8Array(await received.arrayBuffer()));
    expect(held(traces)).toEqual(held(expected));
    await again.close();
  });
});

/** OTLP has no place for who gave a score, nor for counts of refused keys; both are counted. */
const held = (traces: readonly unknown[]): unknown =>
  JSON.parse(
    JSON.stringify(traces, (key, value) =>
      key === 'annotator' || value?.kind === 'dropped_key' ? undefined : value,
    ),
  );

const demo = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
);
const part = demo.subarray(0, demo.indexOf('\n', 2_000_000) + 1);

test.each(['jsonl', 'otlp', 'parquet'])(
  'an analysis of the export is the analysis of what was sent: %s',
  async (format) => {
    await importAll(part);
    const { bytes } = await exported(`format=${format}`);
    const shown = async (file: Uint8Array): Promise<unknown> => {
      const { clusters, funnel } = (await analyze(file, {})).analysis;
      return {
        clusters: clusters.map(({ title, size, rank, id }) => [title, size, rank, id]),
        funnel,
      };
    };
    const before = await shown(part);
    expect((before as { clusters: unknown[] }).clusters.length).toBeGreaterThan(2);
    expect(await shown(bytes)).toEqual(before);
  },
);

const scored = [
  { id: 'a', question: 'One?', answer: 'Yes', tenant: 'acme' },
  { id: 'b', question: 'Two?', answer: 'No', tenant: 'globex' },
]
  .map((row) => JSON.stringify(row))
  .join('\n');

test('takes the filters of the list of traces', async () => {
  await importAll(Buffer.from(scored));
  const { bytes, state } = await exported('tenant=globex');
  expect(await tracesOf(bytes)).toMatchObject([{ id: 'b', tenant: 'globex' }]);
  expect(state.traces).toBe(1);
  const wrong = await server.get('/api/v1/export?format=xml');
  expect([wrong.status, (await wrong.json()).code]).toEqual([400, 'invalid_input']);
  server.store.fail('store_unavailable');
  expect((await server.get('/api/v1/export')).status).toBe(503);
});

test('Parquet has columns to query', async () => {
  await importAll(readFileSync(join(FIXTURES, 'langfuse-trace.json')));
  const { bytes } = await exported('format=parquet');
  const path = join(folder, 'traces.parquet');
  await writeFile(path, bytes);
  const file = await asyncBufferFromFile(path);
  const { num_rows } = await parquetMetadataAsync(file);
  const rows = await parquetReadObjects({ file });
  expect(rows).toHaveLength(Number(num_rows));
  const spans = rows.filter(({ kind }) => kind === 'span');
  expect(spans.length).toBeGreaterThan(1);
  for (const row of spans) {
    expect(row['start']).toBeInstanceOf(Date);
    expect(row).toMatchObject({
      culpritRecord: 1,
    });
    expect(JSON.parse(String(row['record']))).toMatchObject({
      kind: 'span',
      span: { traceId: row['trace_id'], spanId: row['span_id'] },
    });
  }
  expect(rows.some(({ kind, score }) => kind === 'score' && typeof score === 'number')).toBe(true);
});

describe('culprit export', () => {
  const run = (...args: readonly string[]) =>
    runCulprit(['export', '--server', server.url, ...args], { cwd: folder });

  test('writes a file, and says what it holds and what it cannot', async () => {
    await importAll(Buffer.from(scored));
    const { status, stderr } = await run('--out', 'all.otlp.jsonl', '--format', 'otlp');
    expect(status).toBe(0);
    expect(stderr).toBe(
      '2 traces, 2 records: all.otlp.jsonl\n  this format does not hold conversations, which have no spans: 2\n',
    );
    expect((await run('--out', 'all.otlp.jsonl')).stderr).toMatch(/is there already/);
    await run('--out', 'acme.jsonl', '--tenant', 'acme', '--from', '2020-01-01');
    const traces = await tracesOf(await readFile(join(folder, 'acme.jsonl')));
    expect(traces).toMatchObject([{ id: 'a' }]);
  });

  test('prints without --out', async () => {
    await importAll(Buffer.from(scored));
    const { stdout } = await run();
    expect(stdout).toMatch(/^\{"culpritRecord":1/);
  });
});
