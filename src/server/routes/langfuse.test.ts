import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

const score = (name: string, parts: object = {}) => ({
  ...{ id: name, traceId: 'c'.repeat(32), name, value: 0, comment: 'too short' },
  ...{ dataType: 'BOOLEAN', timestamp: '2026-11-30T22:05:44.880612Z', ...parts },
});
const names = () => [...server.store.rows.scores.values()].map(({ score: { name } }) => name);

test('scores come alone and in lists; what is not taken is told', async () => {
  const one = await server.post('/api/public/scores', score('alone'));
  expect([one.status, await one.json()]).toEqual([200, { id: 'alone' }]);
  const list = await server.post('/api/public/scores', [
    score('helpful'),
    score('tone', { value: 'kind', dataType: 'CATEGORICAL' }),
  ]);
  expect([list.status, await list.json()]).toEqual([202, { message: 'Accepted' }]);
  const mixed = await server.post('/api/public/scores', [score('late'), { id: 'x', value: 1 }]);
  expect([mixed.status, await mixed.json()]).toEqual([
    207,
    { accepted: 1, rejected: 1, errors: [{ message: expect.any(String) }] },
  ]);
  expect(names()).toEqual(['alone', 'helpful', 'tone', 'late']);
});

test('what is no object is told, the others are taken', async () => {
  const list = await server.post('/api/public/scores', [score('beside'), 7, null]);
  expect([list.status, await list.json()]).toEqual([
    207,
    {
      ...{ accepted: 1, rejected: 2 },
      errors: [{ message: 'no objects, and left out: 2 scores' }],
    },
  ]);
  const event = { id: 'e1', type: 'score-create', timestamp: '2026-11-30T22:05:44Z' };
  const batch = [{ ...event, body: score('sent') }, 'x'];
  const sent = await server.post('/api/public/ingestion', { batch });
  expect([sent.status, await sent.json()]).toMatchObject([
    207,
    {
      successes: [{ id: 'e1', status: 201 }],
      errors: [{ id: '', status: 400, message: 'an event must be an object' }],
    },
  ]);
  expect(names().slice(-2)).toEqual(['beside', 'sent']);
});

test('each event that is refused is among the errors with its id, and not among the successes', async () => {
  const event = (id: string, type: string, body: unknown) => ({
    ...{ id, type, timestamp: '2026-11-30T22:05:44Z' },
    body,
  });
  const call = { id: 'g1', traceId: 'd'.repeat(32), startTime: '2026-11-30T22:05:44Z' };
  const batch = [
    event('no-body', 'span-create', undefined),
    event('good', 'generation-create', call),
    event('no-trace', 'span-create', { id: 's1' }),
    event('no-name', 'score-create', { traceId: 'd'.repeat(32), value: 1 }),
    event('unknown', 'cake-bake', { id: 'c1', traceId: 'd'.repeat(32) }),
    event('log', 'sdk-log', { log: 'hello' }),
  ];
  const sent = await server.post('/api/public/ingestion', { batch });
  const { successes, errors } = (await sent.json()) as Record<string, { id: string }[]>;
  expect(successes).toEqual(['good', 'log'].map((id) => ({ id, status: 201 })));
  expect(errors).toEqual(
    ['no-body', 'no-trace', 'no-name', 'unknown'].map((id) => ({
      ...{ id, status: 400, error: 'not taken' },
      message: expect.stringMatching(/./),
    })),
  );
});

test.each([
  ['/runs/batch', '{"bad": 1}'],
  ['/runs/batch', '{}'],
  ['/runs/batch', '{"post": [], "patch": []}'],
  ['/runs/batch', '{"post": [7]}'],
  ['/runs/batch', '{"post": [{"bad": 1}]}'],
  ['/runs', '{"bad": 1}'],
])('%s refuses %s', async (path, body) => {
  const answer = await server.post(path, body);
  expect([answer.status, await answer.json()]).toMatchObject([400, { code: expect.any(String) }]);
});

test('a batch of runs says which were not taken', async () => {
  const id = '0'.repeat(8);
  const run = { id: `${id}-0000-4000-8000-000000000001`, name: 'x', run_type: 'llm' };
  const given = { ...run, trace_id: run.id, start_time: '2026-11-30T22:05:44Z' };
  const answer = await server.post('/runs/batch', { post: [given, 7, { name: 'no id' }] });
  expect([answer.status, await answer.json()]).toMatchObject([
    202,
    {
      rejected: 2,
      errors: [{ message: 'a run without an id' }, { message: 'no objects, and left out: 1 run' }],
    },
  ]);
});

test.each(['[7]', '{"id": "x"}', '7', '{broken'])('%s is refused', async (body) => {
  expect((await server.post('/api/public/scores', body)).status).toBe(400);
});
