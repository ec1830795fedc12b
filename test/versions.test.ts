import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Schemas } from '../src/client/client.ts';
import type { Alert } from '../src/contract/alert.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';

const bytes = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
);
/** Some of every day, with both versions. */
const lines = bytes
  .toString()
  .split('\n')
  .filter(Boolean)
  .filter((_, at) => at % 6 === 0);

let server: TestServer;
const jumpTo = (time: string): void => server.jump(Date.parse(time) - server.now());
const answer = async <Body>(path: string): Promise<Body> =>
  (await (await server.get(`/api/v1${path}`)).json()) as Body;
const listed = async <Item>(path: string): Promise<readonly Item[]> =>
  (await answer<{ items: readonly Item[] }>(path)).items;

beforeAll(async () => {
  server = await testServer();
  await server.workspace.ensureProject('default', 'default');
  // It begins to watch before the first trace, and looks again when both versions have run.
  jumpTo('2026-05-31T00:00:00Z');
  await server.watch();
  jumpTo('2026-06-12T20:00:00Z');
  const resourceSpans = lines.flatMap(
    (line) => (JSON.parse(line) as { resourceSpans: unknown[] }).resourceSpans,
  );
  expect((await server.post('/v1/traces', { resourceSpans })).status).toBe(200);
  await server.rest(600_000);
}, 120_000);
afterAll(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

test('a new prompt version is compared by itself, once, and what it brought opens a session and tells who it may concern', async () => {
  await server.watch();
  const own = (all: readonly { readonly id: string }[]): readonly string[] =>
    all.map(({ id }) => id).filter((id) => id.startsWith('version-'));
  const [id = '', ...others] = own(await listed('/comparisons'));
  expect(others).toEqual([]);
  await vi.waitFor(
    async () => {
      expect(await answer<Schemas['Comparison']>(`/comparisons/${id}`)).toMatchObject({
        state: 'done',
        by: '',
      });
    },
    { timeout: 60_000, interval: 50 },
  );
  server.jump(300_000);
  await server.watch();
  server.jump(300_000);
  await server.watch();
  expect(own(await listed('/comparisons'))).toEqual([id]);
  expect(own(await listed('/sessions'))).toEqual([id]);
  const session = await answer<Schemas['Session']>(`/sessions/${id}`);
  expect(session.name).toBe('support-v4 after support-v3, production');
  expect(session.agenda.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Grown: Expected JSON, got JSON wrapped in prose \(0 → \d+ per 1,000/),
    expect.stringMatching(/^Grown: The answer refuses a harmless request \(0 → \d+ per 1,000/),
    expect.stringMatching(/^Read the prompt `.+`: support-v3 → support-v4, \+\d+ −\d+ lines$/),
  ]);
  expect(session.notes).toMatch(/\+ .*JSON/);
  const incidents = await listed<{ readonly alert: Alert }>('/incidents');
  const [incident, ...more] = incidents.filter(({ alert }) => alert.watcher.of.kind === 'versions');
  expect(more).toEqual([]);
  expect(incident?.alert.headline).toMatch(/^support-v4 after support-v3, production: “/);
  expect(incident?.alert.causes.length).toBeGreaterThan(0);
}, 120_000);
