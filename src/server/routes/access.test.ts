import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestServer, testServer } from '../../testing/test-server.ts';
import { keyHash } from '../http/access.ts';

const span = (traceId: string, text: string) => ({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              ...{ traceId, spanId: 'b'.repeat(16), name: 'ask' },
              attributes: [{ key: 'input.value', value: { stringValue: text } }],
            },
          ],
        },
      ],
    },
  ],
});

describe('on an address that others reach', () => {
  let server: TestServer;
  beforeAll(async () => {
    // Every address of this machine.
    server = await testServer({ host: '0.0.0.0' });
    await server.workspace.ensureProject('shop', 'Shop');
    const key = { project: 'shop', name: '', prefix: '', created: 0 };
    await server.workspace.addKey({ ...key, id: 'k1', scopes: ['ingest'] }, keyHash('sender'));
    await server.workspace.addKey(
      { ...key, id: 'k2', scopes: ['read', 'admin'] },
      keyHash('owner'),
    );
  });
  afterAll(() => server.close());

  test('nothing is taken or told without a key', async () => {
    for (const path of ['/v1/traces', '/api/public/ingestion', '/runs/batch', '/api/v1/scores'])
      expect([path, (await server.post(path, {})).status]).toEqual([path, 401]);
    for (const path of ['/api/v1/traces', '/api/v1/status', '/api/v1/keys', '/api/v1/report'])
      expect([path, (await server.get(path)).status]).toEqual([path, 401]);
    const answer = await server.post('/v1/traces', span('a'.repeat(32), 'x'), {
      authorization: 'Bearer wrong',
    });
    expect(answer.status).toBe(401);
    expect(server.store.rows.records.size).toBe(0);
  });

  test.each([
    { authorization: 'Bearer sender' },
    { authorization: 'sender' },
    { authorization: `Basic ${btoa('public:sender')}` },
    { 'x-api-key': 'sender' },
  ])('%o is a key of a project', async (headers) => {
    const answer = await server.post('/v1/traces', span('a'.repeat(32), 'x'), headers as never);
    expect(answer.status).toBe(200);
    expect([...server.store.rows.records.keys()]).toEqual([`shop ${'a'.repeat(32)}`]);
  });

  test.each([
    ['PATCH', '/api/v1/project', { keepDays: 30, Redact: 'mask' }, 'Redact'],
    ['POST', '/api/v1/projects', { name: 'x', redact: 'mask' }, 'redact'],
    ['POST', '/api/v1/keys', { name: 'x', scope: ['read'] }, 'scope'],
    ['POST', '/api/v1/backups', { nmae: 'x' }, 'nmae'],
    ['POST', '/api/v1/deploys', { release: 'r', promtVersion: 'v4' }, 'promtVersion'],
  ])(
    '%s %s with %o is refused, as nothing would become of %s',
    async (method, path, body, field) => {
      const before = await server.workspace.project('shop');
      const key = method === 'POST' && path.endsWith('/deploys') ? 'sender' : 'owner';
      const answer = await fetch(`${server.url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'x-api-key': key },
        body: JSON.stringify(body),
      });
      expect([answer.status, await answer.json()]).toEqual([
        400,
        expect.objectContaining({
          code: 'invalid_input',
          detail: expect.stringContaining(`there is no field ${field}`),
        }),
      ]);
      expect(await server.workspace.project('shop')).toEqual(before);
    },
  );

  test('a key may do what its scopes say', async () => {
    const asSender = { headers: { 'x-api-key': 'sender' } };
    expect((await fetch(`${server.url}/api/v1/traces`, asSender)).status).toBe(403);
    const made = await server.post(
      '/api/v1/keys',
      { name: 'ci', scopes: ['read'] },
      { 'x-api-key': 'owner' },
    );
    expect(made.status).toBe(201);
    const { secret, key } = (await made.json()) as { secret: string; key: { id: string } };
    const asReader = { headers: { 'x-api-key': secret } };
    expect((await fetch(`${server.url}/api/v1/traces`, asReader)).status).toBe(200);
    const revoked = await fetch(`${server.url}/api/v1/keys/${key.id}`, {
      method: 'DELETE',
      headers: { 'x-api-key': 'owner' },
    });
    expect(revoked.status).toBe(204);
    await server.rest(6_000);
    expect((await fetch(`${server.url}/api/v1/traces`, asReader)).status).toBe(401);
  });
});

describe('on loopback', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer();
  });
  afterAll(() => server.close());

  test('a header names the project, whatever key is sent', async () => {
    await server.post('/v1/traces', span('c'.repeat(32), 'x'), {
      'x-api-key': 'any',
      'langsmith-project': 'My Shop',
    });
    expect([...server.store.rows.records.keys()]).toEqual([`my-shop ${'c'.repeat(32)}`]);
  });

  test('personal data is taken out before anything is stored', async () => {
    const changed = await fetch(`${server.url}/api/v1/project`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"redact": "hash"}',
    });
    expect(await changed.json()).toMatchObject({ settings: { redact: 'hash', keepDays: 90 } });
    const id = 'd'.repeat(32);
    await server.post('/v1/traces', span(id, 'I am ann@example.com, call me'));
    const stored = JSON.stringify([...server.store.rows.records.get(`default ${id}`)!.values()]);
    expect(stored).toMatch(/I am \[email [a-z]{10}\], call me/);
    expect(stored).not.toContain('ann@');
    expect(stored).toContain(id);
  });

  test('input that does not fit is explained', async () => {
    const answer = await server.post('/api/v1/scores', { traceId: 'a', name: 'b' });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'invalid_input', status: 400 });
    expect((await server.get('/nowhere')).status).toBe(404);
  });

  test('deploys are recorded', async () => {
    await server.post('/api/v1/deploys', { release: 'r1', at: '2026-01-02T03:04:05Z' });
    expect(await (await server.get('/api/v1/deploys')).json()).toMatchObject({
      items: [{ release: 'r1', at: '2026-01-02T03:04:05.000Z' }],
    });
  });

  test('the API describes itself', async () => {
    const document = (await (await server.get('/api/v1/openapi.json')).json()) as {
      openapi: string;
      paths: object;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/traces/{id}');
  });
});
