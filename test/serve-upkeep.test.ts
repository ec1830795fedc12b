import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyHash } from '../src/server/http/access.ts';
import type { Scope } from '../src/store/workspace/workspace.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';

/** A server that requires keys. */
let server: TestServer;
beforeAll(async () => {
  server = await testServer({ host: '0.0.0.0' });
  await key('reader', ['ingest', 'read', 'write']);
  await key('admin', ['admin']);
});
afterAll(() => server.close());

async function key(id: string, scopes: readonly Scope[]): Promise<void> {
  await server.workspace.ensureProject('shop', 'shop');
  const given = { id, name: id, project: 'shop', prefix: '', scopes, created: 0 };
  await server.workspace.addKey(given, keyHash(id));
}

const url = (): string => server.url.replace('0.0.0.0', '127.0.0.1');
const status = async (secret: string, method: string, path: string): Promise<number> => {
  const answer = await fetch(`${url()}/api/v1${path}`, {
    method,
    headers: { 'x-api-key': secret, 'content-type': 'application/json' },
    ...(method === 'POST' && { body: '{}' }),
  });
  return answer.status;
};

test.each([
  ['DELETE', '/traces/a'],
  ['DELETE', '/traces?user=a'],
  ['POST', '/backups'],
  ['POST', '/backups/a/restore'],
])('%s %s needs the scope admin', async (method, path) => {
  expect(await status('nobody', method, path)).toBe(401);
  expect(await status('reader', method, path)).toBe(403);
  expect(await status('admin', method, path)).toBeLessThan(300);
});

test('a key for one project makes no backup of others', async () => {
  await server.workspace.ensureProject('another', 'another');
  expect(await status('admin', 'POST', '/backups')).toBe(403);
  expect(await status('admin', 'POST', '/backups/a/restore')).toBe(403);
});
