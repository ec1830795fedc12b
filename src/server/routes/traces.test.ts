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
    detail: expect.stringContaining('tenent'),
  });
});
