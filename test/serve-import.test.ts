import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collect } from '../src/collect/collect.ts';
import type { ByteSource } from '../src/contract/byte-source.ts';
import type { ImportReport } from '../src/contract/import-report.ts';
import type { Trace } from '../src/contract/trace.ts';
import { bytesSource } from '../src/platform/memory-source.ts';
import { storedSource } from '../src/store/telemetry/telemetry.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';

const FIXTURES = resolve(import.meta.dirname, 'fixtures/traces');
const fixture = (name: string): Buffer => readFileSync(join(FIXTURES, name));

let server: TestServer;
beforeEach(async () => {
  server = await testServer();
});
afterEach(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

const post = (body: string | Uint8Array, query = ''): Promise<Response> =>
  server.post(`/api/v1/imports?${query}`, body, { 'content-type': 'application/octet-stream' });

async function imported(body: string | Uint8Array, query = ''): Promise<ImportReport> {
  const answer = await post(body, query);
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  return JSON.parse(text) as ImportReport;
}

/** Without what says where they were read from, in order of id. */
async function tracesOf(source: ByteSource): Promise<readonly unknown[]> {
  const all: Trace[] = [];
  for await (const batch of collect([source], {}).traces()) all.push(...batch);
  return all.map(({ origin: _, ...trace }) => trace).sort((a, b) => (a.id < b.id ? -1 : 1));
}

const storedTraces = (): Promise<readonly unknown[]> =>
  tracesOf(storedSource(server.store, { project: 'default' }, 'store'));

/** Files that hold no trace of their own. */
const WITHOUT_TRACES = /score|feedback|annotation|metrics|other-logs|evaluation-logs/;

describe('what is imported is what the file holds', () => {
  const names = readdirSync(FIXTURES).filter((name) => !WITHOUT_TRACES.test(name));

  test.each(names)('%s', async (name) => {
    const bytes = fixture(name);
    const report = await imported(bytes, `name=${name}`);
    const expected = await tracesOf(bytesSource(bytes, name));
    expect(expected.length).toBeGreaterThan(0);
    expect(report.traces).toBe(expected.length);
    // Each was finished when the answer came.
    expect(server.store.rows.traces.size).toBe(expected.length);
    expect(await storedTraces()).toEqual(expected);
  });
});

const chats = (from: number): string =>
  Array.from({ length: 5 }, (_, nth) =>
    JSON.stringify({ question: `Where is order ${from + nth}?`, answer: 'It left yesterday.' }),
  ).join('\n');

describe('an import', () => {
  test('of the same file again changes nothing', async () => {
    const first = await imported(chats(1), 'name=chats.jsonl');
    expect(first.stored).toEqual({ spans: 0, logs: 0, scores: 0, conversations: 5 });
    const before = await storedTraces();
    const again = await imported(chats(1), 'name=chats.jsonl');
    expect([again.repeated, again.stored.conversations]).toEqual([5, 0]);
    expect(await storedTraces()).toEqual(before);
  });

  test('of another file of that name loses neither', async () => {
    await imported(chats(1), 'name=chats.jsonl');
    await imported(chats(100), 'name=chats.jsonl');
    await imported(chats(100), 'name=chats.jsonl');
    const ids = (await storedTraces()).map((trace) => (trace as Trace).id);
    expect(ids).toHaveLength(10);
    expect(ids).toContain('chats.jsonl:1');
    expect(ids).toContain('chats.jsonl:1#2');
  });

  test('takes compressed files, and columns by name', async () => {
    const table = 'frage,antwort\nWo ist er?,Hier.\n';
    const report = await imported(gzipSync(table), 'map=input=frage,output=antwort&name=t.csv');
    expect(report.formats).toEqual(['rows (csv)']);
    expect(await storedTraces()).toMatchObject([{ input: 'Wo ist er?', output: 'Hier.' }]);
  });

  test('of traces that are here already makes a verdict that replaces the one before', async () => {
    const bytes = fixture('langfuse-observation.jsonl');
    await imported(bytes);
    await imported(bytes);
    const versions = [...server.store.rows.traces.values()].map(({ version }) => version);
    expect(new Set(versions)).toEqual(new Set([2]));
  });

  test('of scores alone judges the traces that they are about', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const run = { id: traceId, trace_id: traceId, run_type: 'chain', name: 'chat' };
    const times = { start_time: '2026-11-01T10:00:00Z', end_time: '2026-11-01T10:00:01Z' };
    await imported(JSON.stringify({ ...run, ...times, inputs: { a: 'b' }, outputs: { c: 'd' } }));
    const feedback = { id: 'f', run_id: traceId, trace_id: traceId, key: 'helpful', score: 0 };
    const report = await imported(JSON.stringify(feedback));
    expect(report.stored.scores).toBe(1);
    expect(report.lost.count).toBe(0);
    await server.rest(600_000);
    const [row] = server.store.rows.traces.values();
    expect(row?.scores).toEqual({ helpful: 0 });
  });
});

describe('what is not understood', () => {
  const observation = {
    ...{ id: 'a1', traceId: 'b1', type: 'SPAN', startTime: '2026-11-01T10:00:00Z' },
    ...{ input: 'Hello', output: 'Hi', parentObservationId: null },
  };
  const lossy = [
    JSON.stringify({ ...observation, bookmarked: true }),
    '{"broken": ',
    JSON.stringify({ ...observation, id: 'a2', bookmarked: false, shelf: { a: 1 } }),
  ].join('\n');

  test('is counted by name: records, and fields that nobody reads', async () => {
    const { lost, stored } = await imported(lossy, 'name=observations.jsonl');
    expect(stored.spans).toBe(2);
    expect(lost.problems).toMatchObject([{ code: 'broken_json', count: 1, line: 2 }]);
    expect(lost.fields).toEqual([
      { format: 'langfuse-observation', field: 'bookmarked', count: 2 },
      { format: 'langfuse-observation', field: 'shelf', count: 1 },
    ]);
    expect(lost.count).toBe(4);
  });

  test('is counted below the top level, too', async () => {
    const span = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), name: 'chat', mood: 'calm' };
    const attributes = [{ key: 'input.value', value: { stringValue: 'Hello' } }];
    const scopeSpans = [{ spans: [{ ...span, attributes, kind: 3 }] }];
    const { lost } = await imported(JSON.stringify({ resourceSpans: [{ scopeSpans }] }));
    expect(lost.fields).toEqual([
      {
        format: expect.stringContaining('otlp'),
        field: 'resourceSpans.N.scopeSpans.N.spans.N.mood',
        count: 1,
      },
    ]);
  });

  test('refuses a strict import before anything is stored', async () => {
    const answer = await post(lossy, 'strict=true');
    expect(answer.status).toBe(422);
    const problem = (await answer.json()) as { code: string; report: ImportReport };
    expect(problem.code).toBe('not_understood');
    expect(problem.report.lost.count).toBe(4);
    expect(problem.report.stored.spans).toBe(0);
    expect(server.store.rows.records.size).toBe(0);
  });

  test('a strict import of what is understood is stored', async () => {
    const report = await imported(JSON.stringify(observation), 'strict=true');
    expect([report.lost.count, report.stored.spans]).toEqual([0, 1]);
  });

  test('attributes without a meaning are named, kept, and no loss', async () => {
    const run = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), name: 'chat' };
    const attributes = [
      ['input.value', 'Hello'],
      ['output.value', 'Hi'],
      ['shop.shelf.3.name', 'cups'],
    ].map(([key, stringValue]) => ({ key, value: { stringValue } }));
    const scopeSpans = [{ spans: [{ ...run, attributes }] }];
    const report = await imported(JSON.stringify({ resourceSpans: [{ scopeSpans }] }));
    expect(report.kept).toEqual([{ format: 'span', field: 'shop.shelf.N.name', count: 1 }]);
    expect(report.lost.count).toBe(0);
    expect(await storedTraces()).toMatchObject([
      { spans: [{ attributes: { 'shop.shelf.3.name': 'cups' } }] },
    ]);
  });
});

describe('an import is refused', () => {
  test('for bytes of no known format, empty files and a column that is nowhere', async () => {
    const answers = [
      await post(Uint8Array.of(1, 2, 3, 0, 255)),
      await post(new Uint8Array()),
      await post('{"a":1}\n{"a":2}'),
      await post(chats(1), 'map=input=nowhere'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
    const codes = await Promise.all(answers.map(async (each) => (await each.json()).code));
    expect(codes).toEqual(['unknown_format', 'empty_input', 'unknown_format', 'invalid_option']);
    expect(server.store.rows.records.size).toBe(0);
  });

  test('when it is too large', async () => {
    const small = await testServer({ imports: { bytes: 100 } });
    const answer = await small.post('/api/v1/imports', chats(1));
    expect(answer.status).toBe(413);
    await small.close();
  });

  test('when its client goes away half way: nothing is stored', async () => {
    const sent = request(`${server.url}/api/v1/imports`, {
      method: 'POST',
      headers: { 'content-length': '1000000' },
    });
    sent.on('error', () => {});
    await new Promise<void>((resolve) => {
      sent.write(`${chats(1)}\n`, () => resolve());
    });
    sent.destroy();
    await server.get('/api/v1/status');
    expect(server.store.rows.records.size).toBe(0);
  });

  test('while the store is away, and is complete when sent again', async () => {
    server.store.fail('store_unavailable');
    expect((await post(chats(1), 'name=chats.jsonl')).status).toBe(503);
    server.store.fail(null);
    const report = await imported(chats(1), 'name=chats.jsonl');
    expect(report.stored.conversations).toBe(5);
  });
});
