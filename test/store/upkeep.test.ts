import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeRows } from '../../src/store/telemetry/rows.ts';
import type { SqlClient } from '../../src/store/telemetry/sql-client.ts';
import type { OpenedStore } from '../../src/store/telemetry/telemetry.ts';
import { definitionRow, JULY, LATER, spanRow, traceRow } from './sample-rows.ts';
import { describeStore, isEmbedded, START_MS, type TestStore, testStore } from './test-store.ts';

const DAY = 86_400_000;
const WAIT = { timeout: 100_000, interval: 500 };

describeStore('upkeep', () => {
  let opened: TestStore;
  let store: OpenedStore;
  let client: SqlClient;
  beforeAll(async () => {
    opened = await testStore();
    ({ store, client } = opened);
  }, START_MS);
  afterAll(() => opened.close(), START_MS);

  const everything = (traceId: string, tenant: string, expires = LATER) => {
    const common = { project: 'p', traceId, expires } as const;
    const detail = {
      ...{ ...common, anchor: JULY, version: 1 },
      ...{ environment: 'production', detectorVersion: '1' },
    };
    return {
      records: [spanRow({ traceId, name: `span of ${tenant}` }, { expires })],
      traces: [traceRow({ ...common, tenant, user: `${tenant}'s user` })],
      signals: [
        {
          ...detail,
          detector: 'loop',
          spanId: '',
          path: '',
          verdict: 'yes',
          quote: tenant,
        } as const,
      ],
      scores: [
        {
          ...{
            ...common,
            sessionId: '',
            responseId: '',
            environment: '',
            source: 'api',
            id: '',
            at: JULY,
            version: JULY,
          },
          score: {
            name: 's',
            value: 1,
            label: null,
            explanation: tenant,
            annotator: 'human',
            spanId: null,
          },
        } as const,
      ],
      assignments: [{ ...detail, clustering: 'c', cluster: '1', distance: 0.5 }],
      definitions: [definitionRow({ ...common, text: `prompt of ${tenant}`, hash: traceId })],
    };
  };

  /** Rows in each table. */
  const [ALL, NONE, RECORD] = [
    [1, 1, 1, 1, 1, 1],
    [0, 0, 0, 0, 0, 0],
    [1, 0, 0, 0, 0, 0],
  ];
  const TABLES = ['records', 'traces', 'signals', 'scores', 'assignments', 'definitions'];
  const counts = (where: string): Promise<number[]> =>
    Promise.all(
      TABLES.map(async (table) => {
        const [row] = await client.rows<{ n: number }>(
          `SELECT count() AS n FROM ${table} WHERE ${table === 'definitions' ? where.replace('trace_id', 'least_trace') : where}`,
        );
        return row?.n ?? -1;
      }),
    );

  /** Parts on disk that hold rows, though they are no longer in use. */
  const leftOnDisk = async (): Promise<readonly string[]> => {
    // The disk of a server is not at hand.
    if (!isEmbedded) return [];
    const paths = await client.rows<{ path: string }>(
      'SELECT arrayJoin(data_paths) AS path FROM system.tables WHERE database = currentDatabase() AND name IN {names:Array(String)}',
      { names: TABLES },
    );
    const fine = await client.rows<{ path: string }>(
      'SELECT path FROM system.parts WHERE active OR rows = 0',
    );
    const known = new Set(fine.map(({ path }) => path));
    const parts = await Promise.all(
      paths.map(async ({ path }) => (await readdir(path)).map((name) => `${path}${name}/`)),
    );
    return parts.flat().filter((path) => /\/\d+_\d+_\d+_\d+/.test(path) && !known.has(path));
  };

  test('a tenant is forgotten: rows, old parts, and what comes in later', async () => {
    await store.insert(everything('keep', 'staying'));
    await store.insert(everything('a', 'leaving'));
    await store.insert(everything('b', 'leaving'));
    await store.insert({ records: [spanRow({ traceId: 'a' }, { project: 'other' })] });
    expect(await store.forget({ project: 'p', tenant: 'leaving' })).toEqual({ traces: 2 });
    expect(await counts("trace_id IN ('a', 'b') AND project = 'p'")).toEqual(NONE);
    expect(await counts("trace_id = 'keep'")).toEqual(ALL);
    expect(await leftOnDisk()).toEqual([]);
    expect(await store.recordsOf('other', 'a')).toHaveLength(1);

    const late = everything('a', 'leaving');
    await store.insert({ records: [...late.records, spanRow({ traceId: 'keep', spanId: 'new' })] });
    await store.insert(encodeRows(late));
    expect(await counts("trace_id = 'a' AND project = 'p'")).toEqual(NONE);
    expect((await store.recordsOf('p', 'keep')).filter(({ kind }) => kind === 'span')).toHaveLength(
      2,
    );
    expect(await store.forget({ project: 'p', user: 'nobody' })).toEqual({ traces: 0 });
  }, 120_000);

  test('traces that are not assembled yet are forgotten by what their spans say', async () => {
    const open = (traceId: string, attributes: Record<string, string | number>, resource = {}) =>
      spanRow({ traceId, attributes, resource });
    await store.insert({
      records: [
        open('open-1', { 'user.id': 'ann' }),
        open('open-2', { 'langfuse.trace.metadata.tenant_id': 'acme' }),
        open('open-3', { 'input.value': 'a letter to ann of acme' }),
        open('open-4', {}, { 'tenant.id': 'acme' }),
        open('open-5', { 'user.id': 42 }),
        open('open-6', { 'user.id': 'a "b"' }),
      ],
    });
    expect(await store.forget({ project: 'p', user: 'ann' })).toEqual({ traces: 1 });
    expect(await store.forget({ project: 'p', user: '42' })).toEqual({ traces: 1 });
    expect(await store.forget({ project: 'p', user: 'a "b"' })).toEqual({ traces: 1 });
    expect(await store.forget({ project: 'p', tenant: 'acme' })).toEqual({ traces: 2 });
    expect(await counts("trace_id = 'open-3'")).toEqual(RECORD);
    expect(await counts("trace_id IN ('open-1', 'open-2', 'open-4', 'open-5', 'open-6')")).toEqual(
      NONE,
    );
  }, 120_000);

  test.runIf(isEmbedded)(
    'a backup brings back what was lost, and not what was deleted since',
    async () => {
      await store.insert(everything('c', 'backed up'));
      await store.insert(everything('d', 'deleted later'));
      await store.backup('monday');
      expect(await store.backups()).toEqual([
        { name: 'monday', made: expect.any(Number), bytes: expect.any(Number) },
      ]);
      await expect(store.backup('monday')).rejects.toMatchObject({
        ...{ code: 'invalid_input', message: expect.stringMatching(/^there is a backup monday/) },
      });
      await expect(store.backup('../up')).rejects.toThrow(/letters, digits/);
      await store.insert(everything('e', 'too late'));
      await store.forget({ project: 'p', traceId: 'd' });
      await client.run(
        "ALTER TABLE records DELETE WHERE trace_id = 'c' SETTINGS mutations_sync = 1",
      );
      await expect(store.restore('tuesday')).rejects.toMatchObject({
        ...{ code: 'invalid_input', message: 'there is no backup tuesday; there are: monday' },
      });

      await store.restore('monday');
      expect(await counts("trace_id = 'c'")).toEqual(ALL);
      expect(await counts("trace_id = 'd'")).toEqual(NONE);
      expect(await counts("trace_id = 'e'")).toEqual(NONE);
      await store.insert(everything('f', 'after'));
      expect(await counts("trace_id = 'f'")).toEqual(ALL);
    },
    120_000,
  );

  test('what has expired goes by itself, after the day that a change of retention moved it to', async () => {
    const soon = Date.now() + 3 * DAY;
    await store.insert(everything('short', 'x', soon));
    await store.insert(everything('long', 'x', soon + 30 * DAY));
    // The engine looks for expired rows every four hours; here at once.
    const each = (change: string): Promise<unknown> =>
      Promise.all(TABLES.map((table) => client.run(`ALTER TABLE ${table} ${change}`)));
    await each('MODIFY SETTING merge_with_ttl_timeout = 0');
    await store.extend('other', -10);
    expect(await counts("trace_id = 'short'")).toEqual(ALL);
    await store.extend('p', -10);
    await expect.poll(() => counts("trace_id = 'short'"), WAIT).toEqual(NONE);
    expect(await counts("trace_id = 'long'")).toEqual(ALL);
    await each('RESET SETTING merge_with_ttl_timeout');
  }, 120_000);

  test('what has expired is dropped when parts are merged; expiry can be moved', async () => {
    const [past, soon] = [Date.now() - 2 * DAY, Date.now() + 2 * DAY];
    await store.insert(everything('gone', 'x', past));
    await store.insert(everything('moved', 'x', soon));
    const merge = async (): Promise<void> => {
      for (const table of TABLES) await client.run(`OPTIMIZE TABLE ${table} FINAL`);
    };
    await merge();
    expect(await counts("trace_id = 'gone'")).toEqual(NONE);
    expect(await counts("trace_id = 'moved'")).toEqual(ALL);
    const dayOf = async (): Promise<unknown> => {
      const sql = "SELECT toUInt16(expires) AS day FROM traces WHERE trace_id = 'moved'";
      return (await client.rows<{ day: number }>(sql))[0]?.day;
    };
    await store.extend('p', 5);
    expect(await dayOf()).toBe(Math.ceil(soon / DAY) + 5);
    await merge();
    await store.extend('p', -10);
    await merge();
    expect(await dayOf()).toBe(undefined);
    await store.extend('p', -100_000);
    await merge();
    expect(await counts("project = 'p'")).toEqual(NONE);
  }, 120_000);
});
