import { afterAll, beforeAll, expect, test } from 'vitest';
import { columnNames, ROW_TABLES } from '../../src/store/telemetry/encode/encode-rows.ts';
import {
  MIGRATIONS,
  migrate,
  SCHEMA_VERSION,
} from '../../src/store/telemetry/migrations/migrate.ts';
import { dialect } from '../../src/store/telemetry/migrations/migration.ts';
import { describeStore, START_MS, type TestDatabase, testDatabase } from './test-store.ts';

describeStore('migrations', () => {
  let store: TestDatabase;
  beforeAll(async () => {
    store = await testDatabase();
  }, START_MS);
  afterAll(() => store.close(), START_MS);

  test('run once each, from nothing and again', async () => {
    await migrate(store.client, null);
    await migrate(store.client, null);
    const rows = await store.client.rows(
      'SELECT version, name FROM schema_version ORDER BY version',
    );
    expect(rows).toEqual(MIGRATIONS.map(({ version, name }) => ({ version, name })));
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, at) => at + 1));
  });

  test('every table has the columns that rows are written with, in that order', async () => {
    for (const table of ROW_TABLES) {
      const rows = await store.client.rows<{ name: string }>(
        `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {table:String}
AND default_kind != 'ALIAS' ORDER BY position`,
        { table },
      );
      expect(rows.map(({ name }) => name)).toEqual(columnNames(table));
    }
  });

  test('a step that broke off starts over', async () => {
    const broken = {
      version: SCHEMA_VERSION + 1,
      name: 'broken',
      statements: () => ['CREATE TABLE IF NOT EXISTS extra (a UInt8) ENGINE = Memory', 'SELEC'],
    };
    await expect(migrate(store.client, null, [...MIGRATIONS, broken])).rejects.toMatchObject({
      code: 'store_failed',
    });
    const mended = { ...broken, statements: () => [broken.statements()[0] as string] };
    await migrate(store.client, null, [...MIGRATIONS, mended]);
    expect(await store.client.rows('SELECT max(version) AS v FROM schema_version')).toEqual([
      { v: SCHEMA_VERSION + 1 },
    ]);
  });

  test('a schema of a newer Culprit is refused', async () => {
    await store.client.run("INSERT INTO schema_version (version, name) SELECT 99, 'later'");
    await expect(migrate(store.client, null)).rejects.toThrow(
      /made by a newer Culprit: its schema has version 99/,
    );
  });

  test('traces that were stored before there were weights stand for themselves', async () => {
    const older = await testDatabase();
    await migrate(older.client, null, MIGRATIONS.slice(0, 4));
    await older.client.run(
      "INSERT INTO traces (project, trace_id, anchor, eligible) SELECT 'p', toString(number), now(), true FROM numbers(3)",
    );
    await migrate(older.client, null);
    expect(await older.client.rows('SELECT sum(weight) AS traces FROM traces FINAL')).toEqual([
      { traces: 3 },
    ]);
    await older.close();
  });

  /** Parsed only: there is no cluster to run it on. */
  test('the form for clusters is what the engine would parse', async () => {
    const all = MIGRATIONS.flatMap(({ statements }) => statements(dialect('main')));
    for (const statement of all) {
      const [row] = await store.client.rows<{ text: string }>(
        'SELECT formatQuerySingleLine({statement:String}) AS text',
        { statement },
      );
      expect(row?.text).toMatch(/^(?:CREATE TABLE IF NOT EXISTS|ALTER TABLE) \w+ ON CLUSTER main /);
      if (row?.text.startsWith('CREATE'))
        expect(row.text).toMatch(/ ENGINE = Replicated\w*MergeTree\b/);
    }
  });
});
