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
      errors: [{ message: 'no objects, and left out: 1 event' }],
    },
  ]);
  expect(names().slice(-2)).toEqual(['beside', 'sent']);
});

test.each(['[7]', '{"id": "x"}', '7', '{broken'])('%s is refused', async (body) => {
  expect((await server.post('/api/public/scores', body)).status).toBe(400);
});
