import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import type { Cluster } from '../contract/cluster.ts';
import type { Trace } from '../contract/trace.ts';
import { type TestServer, testServer } from '../testing/test-server.ts';
import { ApiError, type CulpritClient, culpritClient, type Schemas } from './client.ts';

const span = {
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              traceId: 'a'.repeat(32),
              spanId: 'b'.repeat(16),
              name: 'answer',
              startTimeUnixNano: String(BigInt(Date.now()) * 1_000_000n),
              endTimeUnixNano: String(BigInt(Date.now() + 5) * 1_000_000n),
              attributes: [{ key: 'input.value', value: { stringValue: 'hello' } }],
            },
          ],
        },
      ],
    },
  ],
};

let server: TestServer;
let culprit: CulpritClient;
beforeAll(async () => {
  server = await testServer();
  await server.post('/v1/traces', span);
  await server.rest(60_000);
  culprit = culpritClient({ url: `${server.url}/` });
});
afterAll(() => server.close());

describe('a client of a server', () => {
  test('has answers with their types', async () => {
    const { items, next } = await culprit('GET /traces', {
      query: { limit: 10, status: 'unset', model: undefined },
    });
    expect(items).toMatchObject([{ id: 'a'.repeat(32), input: 'hello' }]);
    expect(next).toBe(null);
    expectTypeOf(items).toEqualTypeOf<readonly Schemas['TraceSummary'][]>();

    const { trace, summary } = await culprit('GET /traces/{id}', {
      path: { id: 'a'.repeat(32) },
    });
    expect(trace.spans.map(({ name }) => name)).toEqual(['answer']);
    expectTypeOf(trace).toEqualTypeOf<Trace>();
    expectTypeOf(summary).toEqualTypeOf<Schemas['TraceSummary'] | null>();

    const { causes, analysis } = await culprit('GET /causes');
    expect({ causes, analysis }).toEqual({ causes: [], analysis: null });
    expectTypeOf(causes).toEqualTypeOf<readonly Cluster[]>();
    expectTypeOf(analysis).toEqualTypeOf<Schemas['AnalysisSummary'] | null>();
  });

  test('sends bodies and reads answers without one', async () => {
    const { accepted } = await culprit('POST /scores', {
      body: { traceId: 'a'.repeat(32), name: 'good', value: 1 },
    });
    expect(accepted).toBe(1);
    const { key } = await culprit('POST /keys', { body: { name: 'k' } });
    const gone = await culprit('DELETE /keys/{id}', { path: { id: key.id } });
    expect(gone).toBe(undefined);
  });

  test('sends files as they are', async () => {
    const row = { trace_id: 'c'.repeat(32), input: 'hi', output: 'hello' };
    const { stored } = await culprit('POST /imports', {
      query: { name: 'rows.jsonl' },
      body: new Blob([JSON.stringify(row)]),
    });
    expect(stored.spans + stored.conversations).toBe(1);
  });

  test('throws what the server refuses, with its code', async () => {
    const refused = culprit('GET /traces/{id}', { path: { id: 'no/ne' } });
    await expect(refused).rejects.toThrow(ApiError);
    await expect(refused).rejects.toMatchObject({
      status: 404,
      code: 'no_such_trace',
      message: expect.stringMatching(/^there is no trace no\/ne in the project default\. /),
      retryAfter: null,
    });
  });

  test('names the project', async () => {
    const shop = culpritClient({ url: server.url, project: 'Shop' });
    expect(await shop('GET /project')).toMatchObject({ id: 'shop' });
    expect((await shop('GET /traces')).items).toEqual([]);
  });

  test('explains answers that are not from the server itself', async () => {
    const behind = culpritClient({
      url: 'http://127.0.0.1:1',
      key: 'secret',
      fetch: (request) => {
        expect(request.headers.get('authorization')).toBe('Bearer secret');
        const headers = { 'retry-after': '3', 'content-type': 'text/html' };
        return Promise.resolve(new Response('<html>', { status: 502, headers }));
      },
    });
    await expect(behind('GET /status')).rejects.toMatchObject({
      ...{ status: 502, code: 'unknown', retryAfter: 3 },
      message: 'the server answered 502',
    });
  });
});
