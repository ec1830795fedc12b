import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../src/contract/json.ts';
import { watcherSettingsSchema } from '../src/contract/watcher.ts';
import { guardedDatabase } from '../src/store/workspace/guarded-database.ts';
import { migrate } from '../src/store/workspace/migrate.ts';
import { MIGRATIONS } from '../src/store/workspace/migrations.ts';
import { openPool } from '../src/store/workspace/open-pool.ts';
import { projects } from '../src/store/workspace/schema.ts';
import {
  openWorkspace,
  type StoredSession,
  type WatcherProgress,
  type Workspace,
} from '../src/store/workspace/workspace.ts';
import { sampleAlert } from '../src/testing/sample-alert.ts';
import { setsAsideOnce } from './judge-budget.ts';
import { keepsLabelModel } from './label-budget.ts';
import { postgresHome, startPostgres, type TestPostgres } from './postgres.ts';

const home = postgresHome();
const given = process.env['DATABASE_TEST_URL'];
const folder = mkdtempSync(join(tmpdir(), 'culprit-workspace-'));
let server: TestPostgres | null = null;
const urlOf = async (): Promise<string> => {
  if (given !== undefined) return given;
  server ??= await startPostgres(home!);
  return server.url;
};
afterAll(() => {
  server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const hasServer = given !== undefined || home !== null;
if (!hasServer) console.warn('skipped: there is no PostgreSQL on this machine');

describe.each([
  { name: 'embedded', isThere: true, open: async () => openWorkspace({ folder }, () => 1000) },
  {
    name: 'PostgreSQL',
    isThere: hasServer,
    open: async () => openWorkspace({ url: await urlOf() }, () => 1000),
  },
])('the workspace, $name', ({ isThere, open }) => {
  let workspace: Workspace;
  beforeAll(async () => {
    if (isThere) workspace = await open();
  }, 60_000);
  afterAll(() => workspace?.close());

  test.runIf(isThere)('keeps projects, their settings and their salts', async () => {
    const made = await workspace.ensureProject('shop', 'The shop');
    expect(made).toEqual({
      id: 'shop',
      name: 'The shop',
      created: 1000,
      settings: { redact: 'off', keepDays: 90, scores: [] },
    });
    expect(await workspace.ensureProject('shop', 'Another')).toEqual(made);
    const changed = await workspace.changeSettings('shop', { redact: 'hash' });
    expect(changed?.settings).toEqual({ redact: 'hash', keepDays: 90, scores: [] });
    expect(await workspace.project('shop')).toEqual(changed);
    expect(await workspace.changeSettings('nowhere', {})).toBe(null);
    const salt = await workspace.redactionSalt('shop');
    expect(salt).toHaveLength(32);
    expect(await workspace.redactionSalt('shop')).toBe(salt);
    expect((await workspace.projects()).map(({ id }) => id)).toEqual(['shop']);
  });

  test.runIf(isThere)('of those who make the same project at once, one does', async () => {
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, at) => workspace.addProject('at-once', `Name ${at}`)),
    );
    const [first, ...others] = made.filter((project) => project !== null);
    expect(others).toEqual([]);
    expect(await workspace.project('at-once')).toEqual(first);
    expect(await workspace.addProject('at-once', 'Later')).toBe(null);
  });

  test.runIf(isThere)('keeps decisions with the log of them, and takes them back', async () => {
    await workspace.ensureProject('decided', 'Decided');
    const severity = { kind: 'cause', subject: 'c-1', field: 'severity' } as const;
    const act = (id: string, value: Json, field = 'severity') =>
      workspace.act('decided', {
        ...{ id, at: 5, by: 'local', action: field },
        changes: [{ ...severity, field, value }],
      });
    await act('one', 3);
    expect((await act('two', 5)).changes).toEqual([{ ...severity, before: 3, after: 5 }]);
    // Texts that look like other JSON stay texts.
    await act('three', '12', 'title');
    expect(await workspace.decisions('decided')).toEqual([
      { ...severity, value: 5, at: 5, by: 'local' },
      { ...severity, field: 'title', value: '12', at: 5, by: 'local' },
    ]);
    const undo = (id: string, undoes: string) =>
      workspace.undo('decided', { id, at: 6, by: 'local', undoes });
    expect(await undo('no', 'one')).toMatchObject({ kind: 'changed since' });
    expect(await undo('four', 'two')).toMatchObject({ kind: 'done' });
    expect(await undo('five', 'one')).toMatchObject({ kind: 'done' });
    expect(await undo('six', 'one')).toEqual({ kind: 'undone already' });
    expect(await undo('six', 'nothing')).toEqual({ kind: 'missing' });
    expect((await workspace.decisions('decided')).map(({ field }) => field)).toEqual(['title']);
    const log = await workspace.activity('decided', { limit: 3 });
    expect(log.map(({ id, undoneBy }) => [id, undoneBy])).toEqual([
      ['five', null],
      ['four', null],
      ['three', null],
    ]);
    const older = await workspace.activity('decided', { limit: 3, before: 'three' });
    expect(older.map(({ id, undoneBy }) => [id, undoneBy])).toEqual([
      ['two', 'four'],
      ['one', 'five'],
    ]);
  });

  test.runIf(isThere)('writes actions one after the other', async () => {
    await workspace.ensureProject('busy', 'Busy');
    const change = { kind: 'cause', subject: 'c-1', field: 'severity' } as const;
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        workspace.act('busy', {
          ...{ id: `busy-${i}`, at: i, by: 'local', action: 'severity' },
          changes: [{ ...change, value: i }],
        }),
      ),
    );
    const log = await workspace.activity('busy', { limit: 20 });
    // Each began with what the one before it had left.
    log.slice(0, -1).forEach(({ changes }, at) => {
      expect(changes[0]?.before).toEqual(log[at + 1]?.changes[0]?.after);
    });
    expect(log).toHaveLength(12);
  });

  test.runIf(isThere)('keeps how far each history of a project was imported', async () => {
    for (const project of ['history', 'other']) await workspace.ensureProject(project, project);
    expect(await workspace.importState('history', 'langfuse a')).toBe(null);
    await workspace.keepImportState('history', 'langfuse a', { scores: { cursor: '1' } }, 5);
    await workspace.keepImportState('history', 'langfuse a', { scores: { cursor: '2' } }, 6);
    await workspace.keepImportState('other', 'langfuse a', {}, 7);
    expect(await workspace.importState('history', 'langfuse a')).toEqual({
      scores: { cursor: '2' },
    });
    expect(await workspace.importState('history', 'langsmith')).toBe(null);
  });

  test.runIf(isThere)('a key is valid until it is revoked', async () => {
    await workspace.ensureProject('keys', 'keys');
    const key = {
      ...{ id: 'k1', project: 'keys', name: 'ci', prefix: 'ck_abcd', created: 5 },
      scopes: ['ingest'] as const,
    };
    await workspace.addKey(key, 'hash 1');
    expect(await workspace.keyOf('hash 1')).toEqual({ ...key, revoked: null });
    expect(await workspace.keyOf('hash 2')).toBe(null);
    expect(await workspace.revokeKey('shop', 'k1', 9)).toBe(false);
    expect(await workspace.revokeKey('keys', 'k1', 9)).toBe(true);
    expect(await workspace.revokeKey('keys', 'k1', 10)).toBe(false);
    expect(await workspace.keyOf('hash 1')).toBe(null);
    expect(await workspace.keys('keys')).toEqual([{ ...key, revoked: 9 }]);
  });

  test.runIf(isThere)('deploys come newest first', async () => {
    await workspace.ensureProject('deploys', 'deploys');
    const deploy = { project: 'deploys', promptVersion: '', model: '', environment: '', note: '' };
    for (const at of [1, 3, 2])
      await workspace.addDeploy({ ...deploy, id: `d${at}`, at, release: `r${at}` });
    expect((await workspace.deploys('deploys')).map(({ release }) => release)).toEqual([
      'r3',
      'r2',
      'r1',
    ]);
  });

  test.runIf(isThere)('what a watcher found is kept once, whoever found it', async () => {
    await workspace.ensureProject('watched', 'Watched');
    const { watch } = workspace;
    const settings = watcherSettingsSchema.parse({ name: 'Failures', of: { kind: 'failures' } });
    await watch.addWatchers('watched', [{ ...settings, id: 'failures' }]);
    await watch.addWatchers('watched', [{ ...settings, id: 'failures', name: 'Another' }]);
    expect(await watch.watchers('watched')).toEqual([{ ...settings, id: 'failures' }]);

    const alert = sampleAlert('watched');
    const incident = { id: 'failures-5', watcher: 'failures', start: 5, ended: null, end: null };
    const progress = (from: number | null, until: number): WatcherProgress => ({
      ...{ from, until, state: { until } },
      incidents: [{ ...incident, alert }],
      deliveries: [{ id: 'failures-5 opened team', channel: 'team', alert }],
    });
    // A process that was killed begins again; another one comes second.
    expect(await watch.keepProgress('watched', 'failures', progress(null, 10), 100)).toBe(true);
    expect(await watch.keepProgress('watched', 'failures', progress(null, 10), 100)).toBe(false);
    expect(await watch.keepProgress('watched', 'failures', progress(10, 20), 100)).toBe(true);
    expect(await watch.keepProgress('watched', 'nowhere', progress(null, 9), 100)).toBe(false);
    expect(await watch.watcherStates('watched')).toEqual(
      new Map([['failures', { until: 20, state: { until: 20 } }]]),
    );
    expect(await watch.incidents('watched', 9)).toEqual([{ ...incident, alert }]);
    const message = { id: 'failures-5 opened team', channel: 'team', alert, project: 'watched' };

    const taken = await watch.takeDue(100, 400, 9);
    expect(taken).toMatchObject([{ ...message, attempts: 0, state: 'waiting' }]);
    expect(await watch.takeDue(399, 700, 9)).toEqual([]);
    expect(await watch.takeDue(400, 700, 9)).toHaveLength(1);
    const dead = { state: 'dead', attempts: 6, due: 0, error: 'answered 500' } as const;
    await watch.settle(message.id, dead);
    expect(await watch.deliveries('watched', 9)).toEqual([{ ...message, created: 100, ...dead }]);
    expect(await watch.retry('watched', message.id, 900)).toBe(true);
    expect(await watch.retry('watched', message.id, 900)).toBe(false);
    expect(await watch.takeDue(900, 950, 9)).toMatchObject([{ attempts: 0, due: 900 }]);

    await watch.putWatcher('watched', 'failures', { ...settings, isPaused: true }, true);
    expect(await watch.watcher('watched', 'failures')).toMatchObject({ isPaused: true });
    expect(await watch.watcherStates('watched')).toEqual(new Map());
    expect(await watch.removeWatcher('watched', 'failures')).toBe(true);
    expect(await watch.removeWatcher('watched', 'failures')).toBe(false);
    expect(await watch.incidents('watched', 9)).toEqual([]);
    await watch.addWatchers('watched', [{ ...settings, id: 'failures' }]);
    expect(await watch.watchers('watched')).toEqual([]);
    await watch.putWatcher('watched', 'failures', settings, false);
    expect(await watch.watchers('watched')).toHaveLength(1);
  });

  test.runIf(isThere)(
    'what a judge may spend is set aside once, and counts when nothing comes of it',
    () => setsAsideOnce(workspace),
  );

  test.runIf(isThere)('label model: calls and narratives', () => keepsLabelModel(workspace));

  test.runIf(isThere)('ten analyses are kept, with their bytes', async () => {
    await workspace.ensureProject('analyses', 'analyses');
    for (let at = 1; at <= 12; at++)
      await workspace.addAnalysis({
        ...{ id: `a${at}`, project: 'analyses', at, from: at - 1, stored: 9, traces: 7, failed: 2 },
        ...{ report: Uint8Array.of(0, 255, at), model: Uint8Array.of(at) },
        tenants: at % 2 === 0 ? null : Uint8Array.of(7, at),
      });
    const latest = await workspace.latestAnalysis('analyses');
    expect(latest).toMatchObject({ id: 'a12', traces: 7, report: Uint8Array.of(0, 255, 12) });
    expect(await workspace.latestAnalysis('shop')).toBe(null);
    const model = { id: 'a12', at: 12, stored: 9, model: Uint8Array.of(12) };
    expect(await workspace.latestModel('analyses')).toEqual(model);
    expect(await workspace.latestModel('shop')).toBe(null);
    const summary = { id: 'a12', at: 12, from: 11, traces: 7, failed: 2 };
    expect(await workspace.latestTenants('analyses')).toEqual({ ...summary, tenants: null });
    expect((await workspace.analysisOf('analyses', 'a11'))?.tenants).toEqual(Uint8Array.of(7, 11));
  });

  test.runIf(isThere)('a backfill counts down until it ends or is stopped', async () => {
    await workspace.ensureProject('backfills', 'backfills');
    const { backfills } = workspace;
    expect(await backfills.latest('backfills')).toBe(null);
    const begun = { judgedBy: '2 b', replaces: '1 a', traces: 9, older: 7, ended: null };
    const done = { judgedBy: '1 a', replaces: '', traces: 5, older: 0, ended: 3 };
    await backfills.keep('backfills', done);
    expect(await backfills.latest('backfills')).toEqual(done);
    await backfills.keep('backfills', begun);
    await backfills.advance('backfills', { judgedBy: '1 a', older: 1 });
    expect(await backfills.latest('backfills')).toEqual(begun);
    await backfills.advance('backfills', { judgedBy: '2 b', older: 4 });
    expect(await backfills.latest('backfills')).toEqual({ ...begun, older: 4 });
    await backfills.stop('backfills', 8);
    await backfills.advance('backfills', { judgedBy: '2 b', older: 2 });
    await backfills.stop('backfills', 9);
    expect(await backfills.latest('backfills')).toEqual({ ...begun, older: 4, ended: 8 });
  });

  test.runIf(isThere)('a link is found by its hash, is revoked once, and counts', async () => {
    await workspace.ensureProject('links', 'links');
    const { links } = workspace;
    const link = { id: 'l1', project: 'links', tenant: 'a "b" <c>', session: 's1', created: 5 };
    await links.add({ ...link, by: 'ann', expires: 99 }, 'hash of the secret');
    const kept = { ...link, by: 'ann', expires: 99, revoked: null, openings: 0, opened: null };
    expect(await links.find('hash of the secret')).toEqual(kept);
    expect(await links.find('another')).toBe(null);
    await Promise.all([links.countOpening('l1', 7), links.countOpening('l1', 7)]);
    expect(await links.list('links')).toEqual([{ ...kept, openings: 2, opened: 7 }]);
    const both = await Promise.all([1, 2].map((at) => links.revoke('links', 'l1', 7 + at)));
    expect(both.filter((each) => each !== null)).toHaveLength(1);
    expect(await links.revoke('shop', 'l1', 9)).toBe(null);
  });

  test.runIf(isThere)(
    'the proposals of the last re-clustering stay, whoever comes later',
    async () => {
      await workspace.ensureProject('proposals', 'proposals');
      const { proposals } = workspace;
      expect(await proposals.latest('proposals')).toBe(null);
      const at = (time: number) => ({ session: `s${time}`, at: time, items: [{ id: `p${time}` }] });
      await Promise.all([proposals.keep('proposals', at(2)), proposals.keep('proposals', at(3))]);
      await proposals.keep('proposals', at(1));
      expect(await proposals.latest('proposals')).toEqual(at(3));
    },
  );
});

describe.runIf(hasServer)('on PostgreSQL', () => {
  test('of two processes that read on at once, one keeps what it found', async () => {
    const url = await urlOf();
    const both = await Promise.all([openWorkspace({ url }), openWorkspace({ url })]);
    const settings = watcherSettingsSchema.parse({ name: 'Failures', of: { kind: 'failures' } });
    await both[0].ensureProject('raced', 'Raced');
    await both[0].watch.addWatchers('raced', [{ ...settings, id: 'failures' }]);
    const alert = sampleAlert('raced');
    const deliveries = [{ id: 'raced-5 opened team', channel: 'team', alert }];
    for (let until = 1; until <= 20; until++) {
      const from = until === 1 ? null : until - 1;
      const progress = { from, until, state: {}, incidents: [], deliveries };
      const kept = await Promise.all(
        both.map(({ watch }) => watch.keepProgress('raced', 'failures', progress, 1)),
      );
      expect(kept.filter(Boolean)).toHaveLength(1);
    }
    const taken = await Promise.all(both.map(({ watch }) => watch.takeDue(1, 100, 9)));
    expect(taken.flat().filter(({ project }) => project === 'raced')).toHaveLength(1);
    await Promise.all(both.map((each) => each.close()));
  });

  test('a session that two processes begin at once is there once', async () => {
    const url = await urlOf();
    const both = await Promise.all([openWorkspace({ url }), openWorkspace({ url })]);
    await both[0].ensureProject('begun', 'Begun');
    const session = (by: string): StoredSession => ({
      ...{ id: 'weekly-20261019T0900', project: 'begun', created: 1, by, parent: null },
      ...{ name: 'Weekly', filter: {}, options: {}, agenda: [], people: [], minutes: 0, notes: '' },
      ...{ state: 'waiting', progress: null, started: null, ended: null },
      ...{ traces: null, failed: null, error: null },
    });
    const added = await Promise.all(both.map((each, at) => each.addSession(session(`${at}`))));
    expect(added.toSorted()).toEqual([false, true]);
    expect(await both[1].sessions('begun')).toHaveLength(1);
    await Promise.all(both.map((each) => each.close()));
  });

  test('two changes at once are both kept', async () => {
    const workspace = await openWorkspace({ url: await urlOf() });
    await workspace.ensureProject('race', 'race');
    await Promise.all([
      workspace.changeSettings('race', { keepDays: 3 }),
      workspace.changeSettings('race', { redact: 'mask' }),
      workspace.changeSettings('race', { scores: ['a<1'] }),
    ]);
    const settled = await workspace.project('race');
    expect(settled?.settings).toEqual({ keepDays: 3, redact: 'mask', scores: ['a<1'] });
    await workspace.close();
  });

  test('several processes migrate once; a newer schema is refused', async () => {
    const pool = openPool({ connectionString: await urlOf() });
    await pool.query('CREATE SCHEMA fresh');
    const url = new URL(await urlOf());
    url.searchParams.set('options', '-c search_path=fresh');
    const fresh = openPool({ connectionString: url.href });
    await Promise.all([migrate(fresh), migrate(fresh), migrate(fresh)]);
    const { rows } = await fresh.query('SELECT version FROM schema_version');
    expect(rows).toEqual(MIGRATIONS.map(({ version }) => ({ version })));
    await fresh.query("INSERT INTO schema_version (version, name) VALUES (99, 'later')");
    await expect(migrate(fresh)).rejects.toMatchObject({ code: 'store_failed' });
    await Promise.all([fresh.end(), pool.end()]);
  });

  test('the database is refused inside of a transaction, and what it did is undone', async () => {
    const pool = openPool({ connectionString: await urlOf() });
    const database = guardedDatabase(pool);
    const row = { id: 'undone', name: '', created: 1, salt: '', settings: {} as never };
    const nested = database.transaction(async (db) => {
      await db.insert(projects).values(row);
      await database.run((outside) => outside.select().from(projects));
    });
    await expect(nested).rejects.toThrow('use the transaction that is open');
    const { rows } = await pool.query("SELECT id FROM projects WHERE id = 'undone'");
    expect(rows).toEqual([]);
    await pool.end();
  });

  test('a connection that the server ends between two statements is a fault of its user alone', async () => {
    const pool = openPool({ connectionString: await urlOf() });
    const used = await pool.connect();
    const { rows } = await used.query('SELECT pg_backend_pid() AS id');
    const ended = new Promise((end) => used.once('end', end));
    await pool.query('SELECT pg_terminate_backend($1)', [rows[0].id]);
    await ended;
    await expect(used.query('SELECT 1')).rejects.toThrow();
    used.release(true);
    expect((await pool.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }]);
    await pool.end();
  });

  test('a server that went away is a fault that passes', async () => {
    const pool = openPool({ host: folder, port: 1, connectionTimeoutMillis: 1000 });
    const away = guardedDatabase(pool).run((db) => db.select().from(projects));
    await expect(away).rejects.toMatchObject({ code: 'store_unavailable' });
  });
});
