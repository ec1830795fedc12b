import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { culpritClient } from '../src/client/client.ts';
import { app } from '../src/server/app.ts';
import { apiDocument } from '../src/server/routes/api.ts';
import type { ServerContext } from '../src/server/server-context.ts';
import { openWorkspace, ROLES, type Role, scopesOf } from '../src/store/workspace/workspace.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
import { postgresHome, startPostgres } from './postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-accounts-'));
const PASSWORD = 'correct horse battery';
let server: TestServer;

/** A browser: it keeps the cookies of one person, and says where its page is from. A proxy says where it is. */
function browser(address = '198.51.100.1') {
  let cookie = '';
  const fetchAs = async (request: Request): Promise<Response> => {
    const headers = new Headers(request.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    headers.set('origin', server.url);
    headers.set('x-forwarded-for', `203.0.113.99, ${address}`);
    const response = await fetch(new Request(request, { headers }));
    for (const given of response.headers.getSetCookie()) cookie = given.split(';')[0] ?? '';
    return response;
  };
  return { ask: culpritClient({ url: server.url, fetch: fetchAs }), cookie: () => cookie };
}
type Browser = ReturnType<typeof browser>;

let ann: Browser;
const owner = async (): Promise<Browser> => ann;
async function signedIn(email: string): Promise<Browser> {
  const made = browser();
  await made.ask('POST /sign-in', { body: { email, password: PASSWORD } });
  return made;
}

/** Somebody new in a project, by an invitation. */
async function invited(email: string, role: Role): Promise<Browser> {
  const { ask } = await owner();
  const { secret } = await ask('POST /invitations', { body: { email, role } });
  const made = browser();
  const body = { secret, name: email, password: PASSWORD };
  expect(await made.ask('POST /invitations/accept', { body })).toEqual({ email, isNew: true });
  return made;
}

beforeAll(async () => {
  const workspace = await openWorkspace({ folder });
  server = await testServer({ auth: true, trustedProxies: ['127.0.0.1'] }, undefined, workspace);
  const body = { secret: server.setup!, name: 'Ann', email: 'Ann@example.com', password: PASSWORD };
  const first = browser();
  expect(await first.ask('GET /sign-in')).toMatchObject({
    isOn: true,
    isSetUp: false,
    person: null,
  });
  await expect(
    first.ask('POST /setup', { body: { ...body, secret: 'guessed' } }),
  ).rejects.toMatchObject({ status: 403, code: 'setup_closed' });
  await first.ask('POST /setup', { body });
  ann = first;
  expect(await first.ask('GET /sign-in')).toMatchObject({
    ...{ isOn: true, isSetUp: true, person: { name: 'Ann', email: 'ann@example.com' } },
    projects: [{ id: 'default', role: 'admin' }],
  });
  await expect(first.ask('POST /setup', { body })).rejects.toMatchObject({ code: 'setup_closed' });
}, 120_000);
afterAll(async () => {
  await server.close();
  await server.workspace.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('people who sign in', () => {
  test('without sign-in or key nothing is told, on loopback too', async () => {
    await expect(browser().ask('GET /traces')).rejects.toMatchObject({ status: 401 });
    await expect((await owner()).ask('GET /traces')).resolves.toMatchObject({ items: [] });
  });

  test('keys work beside', async () => {
    const { ask } = await owner();
    const { secret, key } = await ask('POST /keys', { body: { name: 'ci', scopes: ['read'] } });
    const asKey = culpritClient({ url: server.url, key: secret });
    expect(await asKey('GET /traces')).toMatchObject({ items: [] });
    await expect(asKey('GET /sign-ins')).rejects.toMatchObject({ code: 'no_person' });
    expect((await ask('GET /audit')).items[0]).toMatchObject({
      ...{ name: 'Ann', action: 'key.add', subject: key.id, before: null },
      after: { name: 'ci', scopes: ['read'] },
    });
  });

  test('whoever has signed out is nobody at once, also with the same cookie', async () => {
    const { ask, cookie } = await invited('left@example.com', 'viewer');
    await ask('GET /traces');
    const headers = { cookie: cookie() };
    expect((await fetch(`${server.url}/api/v1/traces`, { headers })).status).toBe(200);
    await ask('POST /sign-out');
    expect((await fetch(`${server.url}/api/v1/traces`, { headers })).status).toBe(401);
  });

  test('an invitation is used once', async () => {
    const { ask } = await owner();
    const given = { email: 'bob@example.com', role: 'viewer' } as const;
    const { secret } = await ask('POST /invitations', { body: given });
    const body = { secret, name: 'Bob', password: PASSWORD };
    const { ask: new_ } = browser();
    await expect(new_('POST /invitations/accept', { body: { secret } })).rejects.toMatchObject({
      code: 'new_person',
    });
    await new_('POST /invitations/accept', { body });
    await expect(browser().ask('POST /invitations/accept', { body })).rejects.toMatchObject({
      code: 'invitation_closed',
    });
    expect((await ask('GET /people')).items.map(({ email, role }) => [email, role])).toContainEqual(
      ['bob@example.com', 'viewer'],
    );
  });

  test('who is removed is signed out; a sign-in can be ended', async () => {
    const eve = await invited('eve@example.com', 'analyst');
    await eve.ask('GET /traces');
    const again = await signedIn('eve@example.com');
    const { items } = await again.ask('GET /sign-ins');
    expect(items).toHaveLength(2);
    for (const { id } of items)
      await again.ask('DELETE /sign-ins/{id}', { path: { id } }).catch(() => {});
    await server.rest(6_000);
    await expect(eve.ask('GET /traces')).rejects.toMatchObject({ status: 401 });
    const third = await signedIn('eve@example.com');
    const { ask } = await owner();
    const person = (await ask('GET /people')).items.find(
      ({ email }) => email === 'eve@example.com',
    );
    await ask('DELETE /people/{id}', { path: { id: person!.id } });
    await server.rest(6_000);
    await expect(third.ask('GET /traces')).rejects.toMatchObject({ status: 401 });
  });

  test('an admin makes a link for a new password: it works once, for a day, and ends sign-ins', async () => {
    const { ask } = await owner();
    const old = await invited('kim@example.com', 'analyst');
    const { items } = await ask('GET /people');
    const kim = items.find(({ email }) => email === 'kim@example.com')!;
    const replaced = await ask('POST /people/{id}/reset', { path: { id: kim.id } });
    const { secret } = await ask('POST /people/{id}/reset', { path: { id: kim.id } });
    const reset = (given: string, password: string) =>
      browser().ask('POST /password-reset', { body: { secret: given, password } });
    for (const given of [replaced.secret, 'guessed'])
      await expect(reset(given, 'a new password')).rejects.toMatchObject({ code: 'reset_closed' });
    await expect(reset(secret, 'short')).rejects.toMatchObject({ code: 'invalid_input' });
    const next = browser();
    await next.ask('POST /password-reset', { body: { secret, password: 'a new password' } });
    expect(await next.ask('GET /sign-in')).toMatchObject({ person: { name: 'kim@example.com' } });
    await expect(reset(secret, 'another password')).rejects.toMatchObject({ code: 'reset_closed' });
    await server.rest(6_000);
    await expect(old.ask('GET /traces')).rejects.toMatchObject({ status: 401 });
    await expect(signedIn('kim@example.com')).rejects.toMatchObject({ status: 401 });

    const late = await ask('POST /people/{id}/reset', { path: { id: kim.id } });
    server.jump(86_400_001);
    await expect(reset(late.secret, 'a new password')).rejects.toMatchObject({
      code: 'reset_closed',
    });
    server.jump(-86_400_001);
    const log = await ask('GET /audit', { query: { kind: 'password' } });
    expect(log.items.map(({ action, name }) => [action, name])).toEqual([
      ['password.link', 'Ann'],
      ['password.reset', 'kim@example.com'],
      ['password.link', 'Ann'],
      ['password.link', 'Ann'],
    ]);
    const body = { current: 'a new password', next: PASSWORD };
    await next.ask('POST /password', { body });
    await expect(next.ask('POST /password', { body })).rejects.toMatchObject({ status: 400 });
  });

  test('nobody gains rights by a link for a new password', async () => {
    const { ask } = await owner();
    const admin = await invited('ada@example.com', 'admin');
    const me = (await ask('GET /sign-in')).person!.id;
    await expect(admin.ask('POST /people/{id}/reset', { path: { id: me } })).rejects.toMatchObject({
      code: 'no_such_person',
    });
    await invited('lee@example.com', 'viewer');
    const lee = (await ask('GET /people')).items.find(({ email }) => email === 'lee@example.com')!;
    const reset = () => admin.ask('POST /people/{id}/reset', { path: { id: lee.id } });
    await expect(reset()).resolves.toMatchObject({});
    await server.workspace.ensureProject('elsewhere', 'Elsewhere');
    await server.workspace.people.join('elsewhere', lee.id, 'viewer', 1);
    await expect(reset()).rejects.toMatchObject({ code: 'other_projects' });
    await expect(ask('POST /people/{id}/reset', { path: { id: lee.id } })).resolves.toBeDefined();
  });

  test('ids have names, also those of people who left and keys that were revoked', async () => {
    const { ask } = await owner();
    const gone = await invited('gone@example.com', 'analyst');
    const note = { kind: 'cause', subject: 'c-1', field: 'note', value: 'x' } as const;
    const line = await gone.ask('POST /decisions', { body: { action: 'note', changes: [note] } });
    await ask('DELETE /people/{id}', { path: { id: line.by } });
    const { key } = await ask('POST /keys', { body: { name: 'old key', scopes: ['read'] } });
    await ask('DELETE /keys/{id}', { path: { id: key.id } });
    const names = new Map((await ask('GET /names')).items.map(({ id, name }) => [id, name]));
    expect(names.get(line.by)).toBe('gone@example.com');
    expect(names.get(key.id)).toBe('old key');
  });

  test('who may only label takes back what they said, and nothing else', async () => {
    const annotator = await invited('sam@example.com', 'annotator');
    const { ask } = await owner();
    const note = { kind: 'cause', subject: 'c-2', field: 'note', value: 'y' } as const;
    const { id } = await ask('POST /decisions', { body: { action: 'note', changes: [note] } });
    await expect(annotator.ask('POST /activity/{id}/undo', { path: { id } })).rejects.toMatchObject(
      { code: 'scope_missing' },
    );
    const said = { triage: 'bad_item', category: null, note: '', codes: [] } as const;
    const labeled = await annotator.ask('POST /labels', {
      body: { kind: 'trace', subject: 't1', label: said },
    });
    const mine = (await ask('GET /activity')).items.find(({ action }) => action === 'label')!;
    expect(labeled).toBeDefined();
    await annotator.ask('POST /activity/{id}/undo', { path: { id: mine.id } });
  });

  test('pages of other sites can do nothing with the cookie', async () => {
    const { cookie } = await owner();
    const send = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/v1/keys`, {
        method: 'POST',
        headers: { cookie: cookie(), 'content-type': 'application/json', ...headers },
        body: '{"name": "stolen"}',
      });
    expect((await send({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await send({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send({ origin: server.url })).status).toBe(201);
  });
});

test('who proves an address takes up invitations to it, or joins once as a viewer', async () => {
  const { people } = server.workspace;
  const given = (id: string) => ({
    ...{ id, name: id, email: `${id}@team.example`, password: null, created: 1 },
  });
  const rolesOf = async (id: string) => (await people.memberships(id)).map(({ role }) => role);
  expect(await people.admit({ person: given('new1'), joins: [] }, 1)).toBeNull();
  expect(await people.personWithEmail('new1@team.example')).toBeNull();
  const joins = ['default'];
  expect(await people.admit({ person: given('new2'), joins }, 1)).toMatchObject({
    joined: [{ project: 'default', role: 'viewer' }],
  });
  await people.removeMember('default', 'new2');
  expect(await people.admit({ person: given('new2'), joins }, 1)).toMatchObject({ joined: [] });
  expect(await rolesOf('new2')).toEqual([]);
  const { ask } = await owner();
  await ask('POST /invitations', { body: { email: 'New3@team.example', role: 'analyst' } });
  const now = server.now();
  expect(await people.admit({ person: given('new3'), joins }, now)).toMatchObject({
    joined: [{ project: 'default', role: 'analyst' }],
  });
  expect(await rolesOf('new3')).toEqual(['analyst']);
  expect(await people.hasPassword('new3')).toBe(false);
  expect((await ask('GET /invitations')).items).toEqual([]);
});

test('the audit log has sign-ins, is for admins, is filtered, paged and saved', async () => {
  const { ask, cookie } = await owner();
  const refused = browser().ask('POST /sign-in', {
    body: { email: 'ann@example.com', password: 'not the password' },
  });
  await expect(refused).rejects.toMatchObject({ status: 401 });
  const viewer = await invited('vic@example.com', 'viewer');
  await expect(viewer.ask('GET /audit')).rejects.toMatchObject({ code: 'scope_missing' });
  const { items } = await ask('GET /audit', { query: { kind: 'sign-in', limit: 1000 } });
  expect(items[0]).toMatchObject({
    ...{ name: 'Ann', action: 'sign-in.refuse' },
    after: { address: '198.51.100.1' },
  });
  expect(items.every(({ action }) => action.startsWith('sign-in.'))).toBe(true);
  const own = await ask('GET /audit', { query: { by: items[0]!.by, limit: 1000 } });
  expect(new Set(own.items.map(({ name }) => name))).toEqual(new Set(['Ann']));
  const future = new Date(Date.now() + 86_400_000).toISOString();
  expect(await ask('GET /audit', { query: { from: future } })).toEqual({ items: [], next: null });

  const all = await ask('GET /audit', { query: { limit: 1000 } });
  const first = await ask('GET /audit', { query: { limit: 2 } });
  const second = await ask('GET /audit', { query: { limit: 2, before: first.next! } });
  expect([...first.items, ...second.items]).toEqual(all.items.slice(0, 4));
  const file = await fetch(`${server.url}/api/v1/audit/export`, { headers: { cookie: cookie() } });
  const lines = (await file.text()).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(all.items);
  expect((await ask('GET /audit')).items[0]).toMatchObject({ action: 'audit.export' });
});

const API = '/api/v1';
const described = apiDocument('0').paths as Record<string, Record<string, { 'x-scope': string }>>;
const routes = [
  ...new Set(
    app({} as ServerContext)
      .routes.filter(({ path, method }) => path.startsWith(`${API}/`) && method !== 'ALL')
      .filter(({ path }) => !path.endsWith('*') && !path.endsWith('/openapi.json'))
      .map(({ method, path }) => `${method} ${path.slice(API.length)}`)
      // It ends the sign-in that the others need.
      .toSorted((a, b) => Number(a.endsWith('/sign-out')) - Number(b.endsWith('/sign-out'))),
  ),
];

describe('every route, for every role', () => {
  const people = new Map<Role, Browser>();
  beforeAll(async () => {
    for (const role of ROLES) people.set(role, await invited(`${role}@example.com`, role));
  });

  test.each(routes)('%s', async (route) => {
    const [method = '', path = ''] = route.split(' ');
    const scope =
      described[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]?.['x-scope'];
    for (const role of ROLES) {
      const response = await fetch(`${server.url}${API}${path.replaceAll(/:\w+/g, 'none')}`, {
        method,
        headers: {
          ...{ cookie: people.get(role)!.cookie(), origin: server.url },
          ...(method !== 'GET' && { 'content-type': 'application/json' }),
        },
        // Nothing that fits a schema: it shall be looked at, and not done.
        ...(method !== 'GET' && { body: '[1]' }),
      });
      const isJson = response.headers.get('content-type') === 'application/problem+json';
      const { code } = (isJson ? await response.json() : {}) as { readonly code?: string };
      if (!isJson) await response.body?.cancel();
      const isLetIn = scope === 'anybody' || scopesOf(role).some((each) => each === scope);
      expect([role, response.status !== 401 && code !== 'scope_missing']).toEqual([role, isLetIn]);
    }
  });
});

test('wrong passwords of an address are slowed down, and those of no other', async () => {
  const tries = async (address: string): Promise<number[]> => {
    const { ask } = browser(address);
    const answers: number[] = [];
    for (let index = 0; index < 6; index++)
      await ask('POST /sign-in', {
        body: { email: 'ann@example.com', password: `wrong ${index}` },
      }).catch(({ status }) => answers.push(status));
    return answers;
  };
  expect(await tries('198.51.100.7')).toEqual([401, 401, 401, 401, 401, 429]);
  expect((await tries('198.51.100.8')).slice(0, 2)).toEqual([401, 401]);
});

const home = postgresHome();
if (home === null) console.warn('skipped: there is no PostgreSQL on this machine');
test.runIf(home !== null)(
  'of several at once, one becomes the owner and one takes an invitation',
  async () => {
    const postgres = await startPostgres(home!);
    const workspace = await openWorkspace({ url: postgres.url });
    const { people } = workspace;
    const person = (id: number) => ({
      ...{ id: `p${id}`, name: 'x', email: `p${id}@example.com`, password: 'hash', created: 1 },
    });
    const all = Array.from({ length: 8 }, (_, index) => index);
    const owners = await Promise.all(all.map((id) => people.addOwner(person(id))));
    expect(owners.filter(Boolean)).toHaveLength(1);
    await workspace.ensureProject('shop', 'shop');
    const invitation = {
      id: 'i',
      project: 'shop',
      email: 'new@example.com',
      role: 'viewer' as const,
    };
    await people.invite({ ...invitation, by: '', created: 1, expires: 9 }, 'hash');
    const taken = await Promise.all(all.map((id) => people.accept('hash', person(id + 100), 5)));
    expect(taken.filter((each) => each !== null)).toMatchObject([{ email: 'new@example.com' }]);
    expect(await people.members('shop')).toHaveLength(1);
    await workspace.close();
    postgres.stop();
  },
  60_000,
);
