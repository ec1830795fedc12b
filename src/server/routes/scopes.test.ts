import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCOPES, type Scope } from '../../store/workspace/workspace.ts';
import { type TestServer, testServer } from '../../testing/test-server.ts';
import { app } from '../app.ts';
import { keyHash } from '../http/access.ts';
import type { ServerContext } from '../server-context.ts';
import { apiDocument } from './api.ts';

/** What a route needs; null: nothing, for anybody may know it. */
type Need = Scope | null;

const API = '/api/v1';

/** Everything that the server answers, as its router has it. */
const routes = [
  ...new Set(
    app({} as ServerContext)
      .routes.filter(({ path }) => !path.endsWith('*'))
      .map(({ method, path }) => `${method === 'ALL' ? 'POST' : method} ${path}`),
  ),
];

/** Routes outside of the API are not described, so what they need is written here. */
const OPEN = [
  ...['GET /health', 'GET /ready', 'GET /info', 'GET /api/public/health'],
  `GET ${API}/openapi.json`,
  // The report of one tenant, for whoever has the secret of its link.
  'GET /shared/:secret',
  // The page and its files hold no data.
  ...[
    'GET /',
    'GET /p',
    'GET /setup',
    'GET /invitation',
    'GET /reset',
    'GET /signed-in',
    'GET /api/docs',
    'GET /assets/:name',
  ],
];
const INGEST =
  /^(?:POST \S*\/(?:traces|logs|metrics)|POST \/v1\/guard|POST \/api\/public\/\w+|GET \/api\/public\/projects|POST \/runs\S*|PATCH \/runs\/:id|POST \/feedback)$/;

function needOf(route: string): Need {
  if (OPEN.includes(route)) return null;
  const [method = '', path = ''] = route.split(' ');
  if (path.startsWith(`${API}/`)) return described(method, path.slice(API.length));
  if (route === 'GET /metrics' || route === 'POST /mcp') return 'read';
  if (INGEST.test(route)) return 'ingest';
  throw new Error(`nobody says what ${route} needs`);
}

function described(method: string, path: string): Need {
  const operations = apiDocument('0').paths?.[path.replaceAll(/:(\w+)/g, '{$1}')] as
    | Record<string, { 'x-scope'?: Scope | 'anybody' }>
    | undefined;
  const scope = operations?.[method.toLowerCase()]?.['x-scope'];
  if (scope === 'anybody') return null;
  if (scope === undefined) throw new Error(`the description says no scope of ${method} ${path}`);
  return scope;
}

/** Every set of scopes that a key can have. */
const subsets: readonly (readonly Scope[])[] = Array.from(
  { length: 2 ** SCOPES.length },
  (_, bits) => SCOPES.filter((_, index) => (bits & (2 ** index)) !== 0),
);

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ host: '0.0.0.0' });
  await server.workspace.ensureProject('shop', 'Shop');
  for (const scopes of subsets) {
    const id = `key ${scopes.join(' ')}`;
    const key = { id, project: 'shop', name: '', prefix: '', created: 0, scopes };
    await server.workspace.addKey(key, keyHash(id));
  }
});
afterAll(() => server.close());

async function ask(route: string, key: string | null): Promise<number> {
  const [method = '', path = ''] = route.split(' ');
  const response = await fetch(`${server.url}${path.replaceAll(/:\w+/g, 'none')}`, {
    method,
    headers: {
      ...(key !== null && { 'x-api-key': key }),
      ...(method !== 'GET' && { 'content-type': 'application/json' }),
    },
    ...(method !== 'GET' && { body: '{}' }),
  });
  const isProblem = response.headers.get('content-type') === 'application/problem+json';
  const { code } = (isProblem ? await response.json() : {}) as { readonly code?: string };
  if (!isProblem) await response.body?.cancel();
  // Sign-ins are for persons alone, whatever the scopes of a key.
  return code === 'no_person' || code === 'setup_closed' ? 200 : response.status;
}

describe('where keys are required', () => {
  test('the routes are those of the router', () => {
    expect(routes.length).toBeGreaterThan(30);
    expect(routes).toContain(`GET ${API}/traces/:id`);
  });

  test.each(routes)('%s lets in who has its scope, and nobody else', async (route) => {
    const need = needOf(route);
    expect((await ask(route, null)) === 401).toBe(need !== null);
    expect((await ask(route, 'wrong')) === 401).toBe(need !== null);
    for (const scopes of subsets) {
      const status = await ask(route, `key ${scopes.join(' ')}`);
      const expected = need === null || scopes.includes(need) ? 'in' : 'out';
      expect([scopes, status === 401 || status === 403 ? 'out' : 'in']).toEqual([scopes, expected]);
    }
  });
});
