import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyHash } from '../src/server/http/access.ts';
import type { Scope } from '../src/store/workspace/workspace.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
import { type Ended, runCulprit } from './run-culprit.ts';

const OPERATOR = 'a-key-of-the-operator';

/** A server that requires keys. */
let server: TestServer;
beforeAll(async () => {
  server = await testServer({ host: '0.0.0.0', operatorKey: OPERATOR });
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
  ['GET', '/backups'],
  ['POST', '/backups'],
  ['POST', '/backups/a/restore'],
])('%s %s needs the scope admin', async (method, path) => {
  expect(await status('nobody', method, path)).toBe(401);
  expect(await status('reader', method, path)).toBe(403);
  expect(await status('admin', method, path)).toBeLessThan(300);
});

const culprit = (key: string, ...args: readonly string[]): Promise<Ended> =>
  runCulprit([...args, '--server', url()], { cwd: tmpdir(), env: { CULPRIT_API_KEY: key } });
const done = (stdout: string) => ({ status: 0, stdout, stderr: '' });
const refused = (says: string, status = 1) => ({ status, stdout: '', stderr: `error ${says}\n` });

describe('the command line', () => {
  test('makes backups, lists them, and restores only what is there and meant', async () => {
    expect(await culprit('admin', 'backup', 'monday')).toEqual(
      done('monday: the backup is whole\n'),
    );
    const { stdout } = await culprit('admin', 'backup', '--json');
    const { name } = JSON.parse(stdout) as { name: string };
    expect(
      Math.abs(Date.parse(name.replace(/T(\d+)-(\d+)-/, 'T$1:$2:')) - Date.now()),
    ).toBeLessThan(60_000);
    const list = (await culprit('admin', 'backup', '--list')).stdout.split('\n');
    expect(list.slice(0, 2)).toEqual([
      `${name}  1970-01-01T00:00:00.000Z  0\u00a0B`,
      `${'monday'.padEnd(name.length)}  1970-01-01T00:00:00.000Z  0\u00a0B`,
    ]);
    expect(await culprit('admin', 'restore', 'monday')).toEqual(
      refused(
        `this replaces the traces of all projects at ${url()} by the backup monday: add --yes to do it`,
      ),
    );
    expect(await culprit('admin', 'restore', 'monday', '--yes')).toEqual(
      done('monday: restored; what was deleted since it was made is deleted again\n'),
    );
    expect(await culprit('admin', 'backup', 'a/b')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('name: letters, digits, dots, hyphens and underscores'),
    });
    expect((await culprit('admin', 'backup', 'x', '--list')).status).toBe(1);
  });

  test('deletes a trace, or those of a user or a tenant, once it is meant', async () => {
    const rows = ['ann', 'bob', 'cleo'].map((user) =>
      JSON.stringify({ id: `chat ${user}`, user, tenant: 't', question: 'Hi?', answer: 'Hi' }),
    );
    const headers = { 'x-api-key': 'reader' };
    const body = rows.join('\n');
    await fetch(`${url()}/api/v1/imports`, { method: 'POST', headers, body });
    const ids = async (): Promise<readonly string[]> => {
      const answer = await fetch(`${url()}/api/v1/traces`, { headers });
      const { items } = (await answer.json()) as { items: readonly { id: string }[] };
      return items.map(({ id }) => id).toSorted();
    };
    expect(await ids()).toEqual(['chat ann', 'chat bob', 'chat cleo']);
    expect(await culprit('admin', 'delete', '--user', 'ann')).toEqual(
      refused(`this deletes all traces of the user ann at ${url()} for good: add --yes to do it`),
    );
    expect(await culprit('reader', 'delete', '--user', 'ann', '--yes')).toEqual(
      refused('this key may not do that; it needs the scope admin: set CULPRIT_API_KEY'),
    );
    const gone = 'their bytes are off the disk, and what arrives for them later is left out\n';
    expect(await culprit('admin', 'delete', '--user', 'ann', '--yes')).toEqual(
      done(`1 trace deleted: ${gone}`),
    );
    expect(await culprit('admin', 'delete', '--trace', 'chat bob', '--yes', '--json')).toEqual(
      done('{"traces":1}\n'),
    );
    expect(await ids()).toEqual(['chat cleo']);
    expect(await culprit('admin', 'delete', '--trace', 'chat bob', '--yes')).toEqual(
      done('the trace chat bob: nothing is stored\n'),
    );
    expect(await culprit('admin', 'delete', '--tenant', 't', '--yes')).toEqual(
      done(`1 trace deleted: ${gone}`),
    );
    expect(await ids()).toEqual([]);
    for (const which of [[], ['--user', 'a', '--tenant', 'b']])
      expect(await culprit('admin', 'delete', ...which, '--yes')).toEqual(
        refused('name one of --trace, --user and --tenant'),
      );
  });

  test('deletes those of a user or a tenant whose address was hashed before it was stored', async () => {
    const api = async (key: string, method: string, path: string, sent: object): Promise<void> => {
      const headers = { 'x-api-key': key, 'content-type': 'application/json' };
      const body = JSON.stringify(sent);
      const answer = await fetch(`${url()}/api/v1${path}`, { method, headers, body });
      expect(answer.status).toBe(200);
    };
    await api('admin', 'PATCH', '/project', { redact: 'hash' });
    const row = {
      user: 'ann@example.com',
      tenant: 'acme@example.com',
      question: 'Hi?',
      answer: 'Hi',
    };
    await api('reader', 'POST', '/imports?name=1', { id: 'first', ...row });
    const by = async (...which: readonly string[]) =>
      (await culprit('admin', 'delete', ...which, '--yes', '--json')).stdout;
    expect(await by('--user', 'bob@example.com')).toBe('{"traces":0}\n');
    expect(await by('--user', 'ann@example.com')).toBe('{"traces":1}\n');
    await api('reader', 'POST', '/imports?name=2', { id: 'second', ...row });
    // What was hashed stays so.
    await api('admin', 'PATCH', '/project', { redact: 'off' });
    await api('reader', 'POST', '/imports?name=3', { id: 'third', ...row });
    expect(await by('--tenant', 'acme@example.com')).toBe('{"traces":2}\n');
  });
});

test('a key for one project makes no backup of others', async () => {
  await server.workspace.ensureProject('another', 'another');
  expect(await status('admin', 'GET', '/backups')).toBe(403);
  expect(await status('admin', 'POST', '/backups')).toBe(403);
  expect(await status('admin', 'POST', '/backups/a/restore')).toBe(403);
  const { stderr } = await culprit('admin', 'backup');
  expect(stderr).toMatch(/this key is for one of them: take the key of the operator/);
});

test('the key of the operator makes backups, and works in the project that is named', async () => {
  expect(await culprit(OPERATOR, 'backup', 'all')).toEqual(done('all: the backup is whole\n'));
  expect(await culprit(OPERATOR, 'restore', 'all', '--yes')).toMatchObject({ status: 0 });
  const body = '{"id":"one","question":"Hi?","answer":"Hi"}';
  const headers = { 'x-api-key': OPERATOR, 'x-culprit-project': 'another' };
  await fetch(`${url()}/api/v1/imports`, { method: 'POST', headers, body });
  const remove = ['delete', '--trace', 'one', '--yes', '--json', '--project'];
  expect(await culprit(OPERATOR, ...remove, 'shop')).toEqual(done('{"traces":0}\n'));
  expect(await culprit(OPERATOR, ...remove, 'another')).toEqual(done('{"traces":1}\n'));
  expect(await culprit(OPERATOR, ...remove, 'nowhere')).toEqual(
    refused('there is no project nowhere on this server'),
  );
  expect((await fetch(`${url()}/metrics`, { headers })).status).toBe(200);
});

test.each(['short', 'twenty characters and spaces'])(
  'the key of an operator is not “%s”',
  async (key) => {
    const env = { CULPRIT_OPERATOR_KEY: key };
    expect(await runCulprit(['serve', '--data', '/nowhere'], { cwd: tmpdir(), env })).toEqual(
      refused(
        'CULPRIT_OPERATOR_KEY: give at least 20 letters and digits that nobody can guess, such as openssl rand -hex 24 writes',
      ),
    );
  },
);
