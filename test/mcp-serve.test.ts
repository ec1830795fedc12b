import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyHash } from '../src/server/http/access.ts';
import type { Scope } from '../src/store/workspace/workspace.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
import { demoTraces } from './demo-suite.ts';
import { CLIENTS, type ToolResult } from './mcp-clients.ts';

const MOST_CHARACTERS = 8_000;
const READING = ['overview', 'list_causes', 'get_cause', 'get_trace', 'search', 'query', 'diff'];
const WRITING = ['propose', 'promote', 'verify'];

/** With the traces of the demo and their causes; people sign in, and keys have scopes. */
let server: TestServer;
const keys: Record<string, string> = {};

beforeAll(async () => {
  server = await testServer({ auth: true, operatorKey: 'the-key-of-the-operator' });
  const headers = { authorization: 'Bearer the-key-of-the-operator' };
  for (const line of demoTraces().split('\n').filter(Boolean))
    expect((await server.post('/v1/traces', line, headers)).status).toBe(200);
  await server.rest(600_000);
  expect((await server.post('/api/v1/analyses?wait=true', {}, headers)).status).toBe(200);
  const scopes: Readonly<Record<string, readonly Scope[]>> = {
    reader: ['read'],
    writer: ['read', 'write'],
    sender: ['ingest'],
  };
  for (const [name, own] of Object.entries(scopes)) {
    const secret = `a-secret-of-the-${name}`;
    keys[name] = secret;
    const key = { id: name, project: 'default', name, prefix: '', created: 0, scopes: own };
    await server.workspace.addKey(key, keyHash(secret));
  }
}, 120_000);

afterAll(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

const bearer = (name: string) => ({ authorization: `Bearer ${keys[name]}` });

describe.each(CLIENTS)('a client of $era over HTTP', ({ era, connect }) => {
  const connected = (name: string) =>
    connect({ kind: 'http', url: `${server.url}/mcp`, headers: bearer(name) });

  test('with the scope read, is offered what reads', async () => {
    const client = await connected('reader');
    expect((await client.tools()).map(({ name }) => name)).toEqual(READING);
    expect(await client.call('propose', { cause: '1', reason: 'because' }).catch(String)).toMatch(
      /propose/,
    );
    await client.close();
  });

  test('goes from the causes to a suite and a proposal', { timeout: 120_000 }, async () => {
    const client = await connected('writer');
    expect((await client.tools()).map(({ name }) => name)).toEqual([...READING, ...WRITING]);
    const call = async (name: string, given: object = {}): Promise<ToolResult> => {
      const result = await client.call(name, { ...given });
      expect(result.text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
      expect(JSON.stringify(result.structured).length).toBeLessThanOrEqual(MOST_CHARACTERS);
      return result;
    };
    const { structured } = await call('overview');
    expect(structured).toMatchObject({ causes: expect.anything() });
    const [first] = structured['causes'] as readonly { readonly id: string }[];
    const cause = first!.id;
    const found = await call('get_cause', { cause });
    expect(found.text).toContain('You are Nora, the support agent');
    const [trace] = found.structured['traces'] as readonly { readonly recorded: string }[];
    const id = trace!.recorded;
    expect((await call('get_trace', { trace: id })).structured).toMatchObject({ cause });
    expect((await call('search', { words: 'refund' })).structured).toMatchObject({
      found: expect.any(Number),
    });
    const counted = await call('query', { groupBy: ['cause'], measures: ['failed'] });
    expect(counted.structured['rows']).toContainEqual({
      cause: { recorded: cause },
      failed: expect.any(Number),
    });
    const title = `Another title, ${era}`;
    const quotes = [{ trace: id, quote: 'order_not_found' }];
    const kept = await call('propose', { cause, reason: 'The prompt is silent.', title, quotes });
    expect(kept.isError).toBe(false);
    // Nobody has decided.
    const after = await call('get_cause', { cause });
    expect(after.structured['title']).toEqual(found.structured['title']);
    expect(after.text).toContain(title);
    await call('promote', { cause });
    expect((await call('overview')).structured).toMatchObject({ suites: 1 });
    const refused = await call('verify', { cause });
    expect(refused.isError).toBe(true);
    expect(refused.text).toContain('culprit eval');
    await client.close();
  });

  test('compares versions, as soon as the comparison is done', { timeout: 120_000 }, async () => {
    const client = await connected('writer');
    let { structured } = await client.call('diff');
    for (let tries = 0; tries < 200 && structured['causes'] === undefined; tries += 1) {
      expect(structured['next']).toMatchObject({ tool: 'diff' });
      ({ structured } = await client.call('diff'));
    }
    expect(structured).toMatchObject({
      before: { name: { recorded: 'support-v3' } },
      after: { name: { recorded: 'support-v4' } },
    });
    await client.close();
  });

  test('finds the same by culprit mcp --server, with its key', { timeout: 60_000 }, async () => {
    const client = await connect({
      kind: 'stdio',
      args: ['--server', server.url],
      cwd: tmpdir(),
      env: { CULPRIT_API_KEY: keys['reader']! },
    });
    const direct = await connected('reader');
    const [one, other] = [client, direct].map((each) => each.call('list_causes'));
    expect((await one!).structured).toEqual((await other!).structured);
    const refused = await client.call('propose', { cause: '1', reason: 'because' });
    expect(refused.isError).toBe(true);
    expect(refused.text).toContain('it needs the scope write');
    await Promise.all([client.close(), direct.close()]);
  });

  test('is refused without a key, and without the scope read', async () => {
    const url = `${server.url}/mcp`;
    await expect(connect({ kind: 'http', url })).rejects.toThrow();
    await expect(connect({ kind: 'http', url, headers: bearer('sender') })).rejects.toThrow();
  });
});

describe('pages in a browser', () => {
  const ask = (headers: Record<string, string>) =>
    server.post(
      '/mcp',
      { jsonrpc: '2.0', id: 1, method: 'tools/list' },
      {
        accept: 'application/json, text/event-stream',
        ...bearer('writer'),
        ...headers,
      },
    );

  test('of another site are refused, whatever key they send', async () => {
    expect((await ask({})).status).toBe(200);
    expect((await ask({ origin: server.url })).status).toBe(200);
    expect((await ask({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  test('a large request is refused', async () => {
    const answer = await server.post('/mcp', 'x'.repeat(2_000_000), bearer('writer'));
    expect(answer.status).toBe(413);
  });
});
