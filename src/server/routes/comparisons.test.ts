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

interface Comparison {
  readonly id: string;
  readonly state: string;
  readonly error: unknown;
}

test.each([
  [{ by: 'release', from: '1.4.0', to: '1.5.0' }, 'no trace of 1.4.0 or 1.5.0 is stored'],
  [
    { by: 'release', from: '1.4.0', to: '1.5.0', environment: 'production', tenant: 'acme' },
    'no trace of 1.4.0 or 1.5.0, environment production, tenant acme is stored',
  ],
  [
    {
      by: 'time',
      from: '2026-11-16T00:00:00Z/2026-11-23T00:00:00Z',
      to: '2026-11-23T00:00:00Z/2026-11-30T00:00:00Z',
    },
    'no trace of November 16–22, 2026 is stored',
  ],
])('a comparison of %j, where nothing is stored, says so', async (sides, message) => {
  const made = await server.post('/api/v1/comparisons', sides);
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as Comparison;
  const ended = async (): Promise<Comparison> =>
    (await (await server.get(`/api/v1/comparisons/${id}`)).json()) as Comparison;
  await expect.poll(async () => (await ended()).state, { timeout: 30_000 }).toBe('failed');
  expect((await ended()).error).toEqual({ code: 'no_traces', message });
});
