import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '../../contract/analysis.ts';
import type { Diff } from '../../contract/diff.ts';
import { type TestServer, testServer } from '../../testing/test-server.ts';
import type { ShownSession } from '../sessions/session-schemas.ts';

const ID = (nth: number): string => nth.toString(16).padStart(32, '0');

/** Runs of two versions and two tenants, of which every third ends in an error of its tool. */
const spans = (from: number, most: number) =>
  Array.from({ length: most }, (_, at) => {
    const nth = from + at;
    const isBad = nth % 3 === 0;
    const start = BigInt(Date.now() - 600_000 + nth) * 1_000_000n;
    const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });
    return {
      ...{ traceId: ID(nth), spanId: ID(nth).slice(16), name: 'chat', kind: 3 },
      ...{ startTimeUnixNano: String(start), endTimeUnixNano: String(start + 5_000_000n) },
      status: isBad ? { code: 2, message: 'the upstream timed out' } : { code: 1 },
      attributes: [
        attribute('gen_ai.operation.name', 'chat'),
        attribute('input.value', `Where is order ${nth}?`),
        attribute('output.value', isBad ? 'Sorry' : `Order ${nth} is on its way`),
        attribute('langfuse.version', nth % 2 === 0 ? 'v1' : 'v2'),
        attribute('user.id', `u${nth % 5}`),
      ],
    };
  });

describe('sessions', () => {
  let server: TestServer;
  const send = async (from: number, most: number): Promise<void> => {
    const body = { resourceSpans: [{ scopeSpans: [{ spans: spans(from, most) }] }] };
    expect((await server.post('/v1/traces', body)).status).toBe(200);
    await server.rest(600_000);
  };
  const call = async <Answer>(method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, text, json: (text === '' ? null : parsed(text)) as Answer };
  };
  const parsed = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  };
  const ended = async (id: string): Promise<ShownSession> => {
    let session: ShownSession | null = null;
    await expect
      .poll(
        async () => {
          session = (await call<ShownSession>('GET', `/sessions/${id}`)).json;
          return session.state;
        },
        { timeout: 30_000 },
      )
      .not.toMatch(/waiting|running/);
    return session as unknown as ShownSession;
  };
  const begin = async (given: object): Promise<ShownSession> => {
    const { status, json, text } = await call<ShownSession>('POST', '/sessions', given);
    expect([status, text]).toEqual([201, expect.any(String)]);
    return ended(json.id);
  };

  beforeAll(async () => {
    server = await testServer();
    await send(1, 60);
  }, 60_000);
  afterAll(async () => {
    await server.close();
  });

  test('a session keeps what it asked for, with defaults and an end, and has its result in four forms', async () => {
    const made = await begin({
      name: 'Timeouts',
      options: { seed: 7, granularity: 'coarse' },
      agenda: [{ text: 'read five', isDone: false }],
      people: ['Ada'],
    });
    expect(made).toMatchObject({
      ...{ name: 'Timeouts', state: 'done', traces: 60, failed: 20, people: ['Ada'], minutes: 0 },
      options: { seed: 7, granularity: 'coarse', algorithm: 'hdbscan', sample: 1000 },
      ...{ filter: { to: expect.any(String) }, parent: null, progress: null, error: null },
    });
    const { json: record } = await call<Analysis>('GET', `/sessions/${made.id}/json`);
    expect(record.failedCount).toBe(20);
    expect(record.options.seed).toBe(7);
    const page = await call('GET', `/sessions/${made.id}/report`);
    expect(page.text).toContain('<title>Culprit report');
    const { text } = await call('GET', `/sessions/${made.id}/markdown`);
    expect(text).toContain('60 traces read, 20 failed');
    expect(text).toContain('| root cause |');
    const whole = await call<{ analysis: Analysis }>('GET', `/sessions/${made.id}/result`);
    expect(whole.json.analysis).toEqual(record);
  });

  test('filters select, a draw takes as many of each stratum, and the preview counts the same', async () => {
    const filter = { release: 'v1', draw: { most: 4, by: 'status' } };
    const { json: counts } = await call<{
      traces: number;
      failed: number;
      values: { of: string; value: string; traces: number }[];
    }>('POST', '/sessions/preview', { filter, values: true });
    expect(counts).toMatchObject({ traces: 8, failed: 4 });
    expect(counts.values).toContainEqual({
      ...{ of: 'release', value: 'v1', traces: 8, failed: 4 },
    });
    const made = await begin({ filter });
    expect(made).toMatchObject({ state: 'done', traces: 8, failed: 4 });
    const { text } = await call('GET', `/sessions/${made.id}/traces`);
    expect(text.trim().split('\n')).toHaveLength(8);
  });

  test('a rerun stands beside the first, with its open items, and both can be compared', async () => {
    const first = await begin({
      name: 'First',
      agenda: [
        { text: 'done already', isDone: true },
        { text: 'ask the team', isDone: false },
      ],
    });
    const { json } = await call<ShownSession>('POST', `/sessions/${first.id}/rerun`, {
      options: { granularity: 'finest' },
    });
    const second = await ended(json.id);
    expect(second).toMatchObject({
      ...{ parent: first.id, name: 'First, again', state: 'done', filter: first.filter },
      agenda: [{ text: 'ask the team', isDone: false }],
      options: { ...first.options, granularity: 'finest' },
    });
    const { json: diff } = await call<Diff>('GET', `/sessions/${first.id}/diff/${second.id}`);
    expect(diff.after).toMatchObject({ traces: 60, failed: 20 });
    expect(diff.before).toMatchObject({ traces: 60, failed: 20 });
    const page = await call('GET', `/sessions/${first.id}/diff/${second.id}/report`);
    expect(page.text).toMatch(/<title>Culprit/);
  });

  test('what people note down is kept, and time adds up', async () => {
    const { id } = await begin({});
    await call('PATCH', `/sessions/${id}`, { notes: 'all of one kind', addMinutes: 3 });
    const { json } = await call<ShownSession>('PATCH', `/sessions/${id}`, { addMinutes: 4 });
    expect(json).toMatchObject({ notes: 'all of one kind', minutes: 7, state: 'done' });
    expect((await call('DELETE', `/sessions/${id}`)).status).toBe(204);
    expect((await call('GET', `/sessions/${id}`)).status).toBe(404);
  });

  test('nothing to judge is said as the reason of a failure', async () => {
    const made = await begin({ filter: { promptVersion: 'v9' } });
    expect(made).toMatchObject({ state: 'failed', traces: null });
    expect(made.error).toEqual({
      code: 'no_traces',
      message: 'no stored trace fits the filter of this session',
    });
    expect(server.errors).toEqual([]);
    const { status, json } = await call<{ code: string }>('GET', `/sessions/${made.id}/report`);
    expect([status, json.code]).toEqual([409, 'no_result']);
  });

  test('the rolling analysis is the first of the list, and has all forms', async () => {
    await call('POST', '/analyses?wait=true');
    const { json } = await call<{ items: ShownSession[] }>('GET', '/sessions');
    expect(json.items[0]).toMatchObject({ id: 'rolling', state: 'done', traces: 60, failed: 20 });
    expect((await call('GET', '/sessions/rolling/markdown')).text).toContain(
      '60 traces read, 20 failed',
    );
    const { id } = await begin({});
    const { json: diff } = await call<Diff>('GET', `/sessions/rolling/diff/${id}`);
    expect(diff.after).toMatchObject({ traces: 60, failed: 20 });
  });

  test.each([
    [{ options: { algorithm: 'magic' } }, /algorithm/],
    [{ options: { clusters: 3 } }, /clusters has no effect with hdbscan/],
    [{ options: { redact: 'mask' } }, /redact: has no effect/],
    [{ options: { embedder: 'openai:x' } }, /use static or lexical/],
    [{ options: { view: 'smell' } }, /view/],
    [{ filter: { draw: { most: 0 } } }, /most|filter/],
    [{ filter: { color: 'red' } }, /color|filter/],
  ])('%j is refused', async (given, why) => {
    const { status, json } = await call<{ detail: string }>('POST', '/sessions', given);
    expect([status, json.detail]).toEqual([400, expect.stringMatching(why)]);
  });
});
