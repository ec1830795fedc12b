import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

test.each(['/api/v1/traces', '/api/v1/export'])('%s refuses a misspelled filter', async (path) => {
  const query = path.endsWith('export') ? 'format=jsonl&tenent=acme' : 'tenent=acme';
  const answer = await server.get(`${path}?${query}`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    code: 'invalid_input',
    detail: 'query: there is no field tenent',
  });
});

test.each([
  ['/traces?limit=abc', 400, 'limit: must be a number'],
  ['/traces?limit=5000', 400, 'limit: must be at most 1000'],
  ['/traces?status=bad', 400, 'status: must be one of "ok", "error", "unset"'],
  ['/traces/xx', 404, 'there is no trace xx in the project default. The id of a trace is 32 hex'],
  ['/traces/%20xx', 400, 'id: must be the id of a trace: 32 hex digits (OpenTelemetry), a UUID'],
  [`/traces/${'0'.repeat(32)}`, 400, 'id: must be the id of a trace: 32 hex digits'],
])('%s gets %i: %s', async (path, status, detail) => {
  const answer = await server.get(`/api/v1${path}`);
  expect([answer.status, await answer.json()]).toEqual([
    status,
    expect.objectContaining({ detail: expect.stringContaining(detail) }),
  ]);
});

test('a trace is found, scored and deleted under every spelling of its id', async () => {
  const uuid = '0198A3F0-1C2D-7E4F-8A5B-6C7D8E9F0A1B';
  const id = uuid.replaceAll('-', '').toLowerCase();
  const run = {
    ...{ id: uuid, trace_id: uuid, dotted_order: `20260701T000000000000Z${uuid}` },
    ...{ name: 'chat', run_type: 'llm', inputs: { q: 'hi' }, outputs: { a: 'ho' } },
    ...{ start_time: '2026-07-01T00:00:00Z', end_time: '2026-07-01T00:00:01Z' },
  };
  expect((await server.post('/runs/batch', { post: [run], patch: [] })).status).toBe(202);
  const row = '{"id":"AB-7F","question":"hi","answer":"ho"}';
  expect((await server.post('/api/v1/imports', row)).status).toBe(200);
  const scores = [uuid, 'AB-7F', 'not-there'].map((traceId) => ({ traceId, name: 's', value: 0 }));
  const scored = await server.post('/api/v1/scores', scores);
  expect(await scored.json()).toEqual({ accepted: 3, waiting: 1 });
  for (const spelling of [uuid, id, 'AB-7F']) {
    const answer = await server.get(`/api/v1/traces/${spelling}`);
    expect(await answer.json()).toMatchObject({ trace: { scores: [{ name: 's' }] } });
  }
  const gone = (spelling: string) =>
    fetch(`${server.url}/api/v1/traces/${spelling}`, { method: 'DELETE' });
  for (const [spelling, traces] of [
    ['not-there-either', 0],
    [uuid, 1],
    ['AB-7F', 1],
  ] as const)
    expect(await (await gone(spelling)).json()).toEqual({ traces });
  for (const spelling of [uuid, 'AB-7F'])
    expect((await server.get(`/api/v1/traces/${spelling}`)).status).toBe(404);
});

test.each([
  [{ traceId: 't', name: 's', value: 'high' }, 'value: must be a number'],
  [{ traceId: 't', name: 's' }, 'value: a score needs a value or a label'],
  [{ name: 's', value: 1 }, 'traceId: must be text'],
  [{ traceId: 'a\u0000b', name: 's', value: 1 }, 'traceId: must be the id of a trace: 32 hex'],
  [
    { traceId: 't', name: 's', value: 1, annotator: 'robot' },
    'annotator: must be one of "human", "model", "code", "unknown"',
  ],
  [[{ traceId: 't', name: '', value: 1 }], '0.name: must not be empty'],
  ['scores', 'body: must be an object or a list'],
])('the score %j is refused: %s', async (score, detail) => {
  const answer = await server.post('/api/v1/scores', JSON.stringify(score));
  expect([answer.status, await answer.json()]).toEqual([
    400,
    expect.objectContaining({
      code: 'invalid_input',
      detail: expect.stringMatching(`^${detail.replace(/[()]/g, '.')}`),
    }),
  ]);
});

test('a body that is no JSON is refused as that', async () => {
  const answer = await server.post('/api/v1/scores', '{"traceId":');
  expect([answer.status, await answer.json()]).toEqual([
    400,
    expect.objectContaining({ code: 'broken_json', detail: expect.stringContaining('JSON') }),
  ]);
});
