import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Analysis } from '../src/contract/analysis.ts';
import type { Diff } from '../src/contract/diff.ts';
import { type Serving, serve } from '../src/server/server.ts';
import { runCulprit } from './run-culprit.ts';
import { describeStore } from './store/test-store.ts';

const demo = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
);

interface Session {
  readonly id: string;
  readonly state: string;
  readonly traces: number | null;
  readonly error: unknown;
}

describeStore('sessions on the embedded stores', () => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-sessions-'));
  let server: Serving;
  const errors: unknown[] = [];

  const call = async (method: string, path: string, body?: unknown): Promise<string> => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return text;
  };
  const session = async (id: string): Promise<Session> =>
    JSON.parse(await call('GET', `/sessions/${id}`)) as Session;
  const begin = async (given: object, path = ''): Promise<string> =>
    (JSON.parse(await call('POST', `/sessions${path}`, given)) as Session).id;
  const ended = async (id: string): Promise<Session> => {
    await expect
      .poll(async () => (await session(id)).state, { timeout: 60_000 })
      .not.toMatch(/waiting|running/);
    return session(id);
  };
  const serving = (): Promise<Serving> =>
    serve({
      ...{ folder: join(folder, 'data'), clickhouse: null, postgres: null },
      ...{ host: '127.0.0.1', port: 0, otlpPort: 0, grpcPort: 0, load: null },
      onError: (error) => errors.push(error),
    });

  beforeAll(async () => {
    const file = join(folder, 'sent.jsonl');
    writeFileSync(file, demo.subarray(0, demo.indexOf('\n', 2_000_000) + 1));
    server = await serving();
    const imported = await runCulprit(['import', file, '--server', server.url], { cwd: folder });
    expect([imported.status, imported.stderr]).toEqual([0, '']);
  }, 120_000);
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
    expect(errors).toEqual([]);
  });

  /** What says how the command was typed is all that differs. */
  const withoutCommand = (text: string): string =>
    JSON.stringify({ ...(JSON.parse(text) as Analysis), command: null });

  test('a session gives the bytes of culprit analyze on its traces, and a rerun gives them again', async () => {
    const id = await begin({
      filter: { draw: { most: 60, by: 'tenant' } },
      options: { seed: 7, sample: 80, algorithm: 'kmeans', clusters: 4, granularity: 'fine' },
    });
    expect(await ended(id)).toMatchObject({ state: 'done', error: null });
    const file = 'default-traces.jsonl';
    writeFileSync(join(folder, file), await call('GET', `/sessions/${id}/traces`));
    const flags = ['--seed', '7', '--sample', '80', '--algorithm', 'kmeans', '--clusters', '4'];
    const { status, stdout } = await runCulprit(
      ['analyze', file, '--json', ...flags, '--granularity', 'fine'],
      { cwd: folder },
    );
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as Analysis).clusters.length).toBeGreaterThan(1);
    const record = await call('GET', `/sessions/${id}/json`);
    expect(withoutCommand(record)).toBe(withoutCommand(stdout));
    const again = await begin({}, `/${id}/rerun`);
    await ended(again);
    expect(await call('GET', `/sessions/${again}/json`)).toBe(record);
  }, 180_000);

  test('a comparison is that of culprit diff --against', async () => {
    const [one, other] = [await begin({}), await begin({ filter: { draw: { most: 100 } } })];
    await Promise.all([ended(one), ended(other)]);
    writeFileSync(join(folder, 'one.json'), await call('GET', `/sessions/${one}/json`));
    writeFileSync(join(folder, 'other.jsonl'), await call('GET', `/sessions/${other}/traces`));
    const { stdout } = await runCulprit(
      ['diff', 'other.jsonl', '--against', 'one.json', '--json'],
      { cwd: folder },
    );
    const diff = JSON.parse(await call('GET', `/sessions/${one}/diff/${other}`)) as Diff;
    expect(diff).toEqual(JSON.parse(stdout));
  }, 180_000);

  test('a session that waits or runs is cancelled, and one of a server that ended is done by the next', async () => {
    const [first, second] = [await begin({}), await begin({})];
    await call('POST', `/sessions/${second}/cancel`);
    await call('PATCH', `/sessions/${first}`, { notes: 'kept' });
    await server.close();
    server = await serving();
    expect(await ended(first)).toMatchObject({ state: 'done', notes: 'kept' });
    expect(await session(second)).toMatchObject({ state: 'cancelled' });
    const third = await begin({});
    await expect
      .poll(async () => (await session(third)).state, { timeout: 60_000 })
      .toBe('running');
    await call('POST', `/sessions/${third}/cancel`);
    expect(await session(third)).toMatchObject({ state: 'cancelled' });
    const fourth = await begin({});
    expect(await ended(fourth)).toMatchObject({ state: 'done' });
    expect((await session(third)).state).toBe('cancelled');
  }, 180_000);
});
