import { beforeEach, expect, test } from 'vitest';
import { traceRow } from '../../../../test/store/sample-rows.ts';
import type { Diff } from '../../../contract/diff.ts';
import { type WatcherSettings, watcherSettingsSchema } from '../../../contract/watcher.ts';
import type { StoredComparison } from '../../../store/workspace/workspace.ts';
import { memoryTelemetry } from '../../../testing/memory-telemetry.ts';
import { memoryWorkspace } from '../../../testing/memory-workspace.ts';
import { sentence } from '../../../text/statement.ts';
import type { ChangedDefinition } from '../../comparisons/changed-definitions.ts';
import type { Compared } from '../../comparisons/comparisons.ts';
import {
  runVersions,
  type VersionRunDeps,
  type VersionWatcher,
  versionChecks,
} from './version-run.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGIN = Date.UTC(2026, 5, 1);

let now = BEGIN;
let store = memoryTelemetry();
let workspace = memoryWorkspace(() => now);
let made: { id: string; agenda: readonly { text: string }[]; filter: object; notes: string }[] = [];
/** What each comparison finds, by the version that it is about. */
let findings: Record<string, Partial<Diff>> = {};

beforeEach(async () => {
  now = BEGIN;
  store = memoryTelemetry();
  workspace = memoryWorkspace(() => now);
  [made, findings] = [[], {}];
  await workspace.ensureProject('shop', 'Shop');
  await workspace.watch.addWatchers('shop', [watcher()]);
});

const watcher = (settings: Partial<WatcherSettings> = {}): VersionWatcher =>
  ({
    ...watcherSettingsSchema.parse({
      name: 'New releases',
      of: { kind: 'versions', by: 'release' },
      channels: ['team'],
      ...settings,
    }),
    id: 'releases',
  }) as VersionWatcher;

/** Traces of so many hours before `until`, a minute apart, of which every tenth fails. */
async function traffic(release: string, hours: number, until = now, more = {}): Promise<void> {
  const traces = Array.from({ length: hours * 60 }, (_, nth) => {
    const anchor = until - hours * HOUR + nth * 60_000;
    const id = { project: 'shop', traceId: `${release} ${anchor} ${JSON.stringify(more)}` };
    return traceRow({ ...id, anchor, start: anchor, release, failed: nth % 10 === 0, ...more });
  });
  await store.insert({ traces });
}

const change = (state: string, more = {}): Diff['causes'][number] =>
  ({
    ...{ id: 'c-1', title: 'Refunds fail', state, isNamed: true, isMix: false },
    before: { events: 1, ratePerThousand: 2, exemplars: [] },
    after: { events: 9, ratePerThousand: 20, exemplars: ['t1', 't2', 't3', 't4'] },
    ...more,
  }) as unknown as Diff['causes'][number];

const PROMPT: ChangedDefinition = {
  ...{ kind: 'prompt', name: 'support', before: 'p1', after: 'p2', added: 1, removed: 1 },
  hunks: [
    {
      ...{ fromLine: 1, toLine: 1 },
      lines: [
        { kind: 'removed', text: 'Be brief.' },
        { kind: 'added', text: 'Be as long as you like.' },
      ],
    },
  ],
};

const deps = (): VersionRunDeps => ({
  ...{ store, workspace, clock: () => now, address: 'https://culprit.example' },
  comparisons: {
    async create(project, by, sides, id = 'none') {
      const comparison: StoredComparison = {
        ...{ id, project, created: now, by, sides, state: 'waiting', progress: null },
        ...{ started: null, ended: null, headline: null, error: null },
      };
      await workspace.addComparison(comparison);
      return comparison;
    },
    async result(project, id) {
      const to = String((await workspace.comparison(project, id))?.sides['to']);
      const diff = { headline: sentence(`${to} did it`), causes: [], ...findings[to] };
      return { diff, report: null, definitions: [PROMPT] } as unknown as Compared;
    },
  },
  sessions: {
    async create(_, { id = '', agenda, filter, notes }) {
      if (!made.some((each) => each.id === id)) made.push({ id, agenda, filter, notes });
      return {} as never;
    },
  },
});

async function run(own: VersionRunDeps = deps(), settings: Partial<WatcherSettings> = {}) {
  const stored = (await workspace.watch.watcherStates('shop')).get('releases');
  return await runVersions('shop', watcher(settings), stored, own);
}

const steps = async (): Promise<object> =>
  Object.fromEntries(
    versionChecks((await workspace.watch.watcherStates('shop')).get('releases')).map(
      ({ environment, value, step }) => [[environment, value].filter(Boolean).join(' '), step],
    ),
  );

const endComparisons = async (): Promise<void> => {
  for (const { id } of await workspace.comparisons('shop'))
    await workspace.moveComparison('shop', id, {
      ...{ state: 'done', ended: now },
      result: { headline: sentence(''), report: new Uint8Array() },
    });
};

const pass = (milliseconds: number): void => {
  now += milliseconds;
};

/** v1 ran for a day before anybody looked; then v2 comes. */
async function untilCompared(): Promise<void> {
  await traffic('v1', 24);
  await run();
  pass(3 * HOUR);
  await traffic('v2', 2);
  await run();
}

test('a new release is compared with the one before once it has enough, and what was there is not', async () => {
  await traffic('v1', 24);
  await run();
  expect(await steps()).toEqual({ v1: { kind: 'known' } });
  pass(HOUR);
  await traffic('v2', 1, now - 600_000);
  await run();
  expect(await steps()).toMatchObject({ v2: { kind: 'waiting', lacks: '60 of 100 traces' } });
  expect(await workspace.comparisons('shop')).toEqual([]);
  pass(HOUR);
  await traffic('v2', 1);
  await run();
  const [comparison, ...others] = await workspace.comparisons('shop');
  expect(comparison?.sides).toEqual({ by: 'release', from: 'v1', to: 'v2' });
  expect(others).toEqual([]);
});

test('what grew is told once, with its session and the changed lines, also by two servers and after a kill', async () => {
  findings = { v2: { causes: [change('new'), change('grown', { id: 'c-2', isMix: true })] } };
  await untilCompared();
  await endComparisons();
  pass(60_000);
  // The first dies after it has begun the session; then two come at once, with what was known before.
  const killed = { ...deps(), workspace: { ...workspace, watch: { ...workspace.watch } } };
  killed.workspace.watch.keepProgress = async () => {
    throw new Error('killed');
  };
  await expect(run(killed)).rejects.toThrow('killed');
  const stored = (await workspace.watch.watcherStates('shop')).get('releases');
  const told = await Promise.all([1, 2].map(() => runVersions('shop', watcher(), stored, deps())));
  expect(told.filter(Boolean)).toHaveLength(1);
  expect(made).toMatchObject([
    {
      agenda: [
        { text: 'New: Refunds fail' },
        { text: 'Read the prompt `support`: p1 → p2, +1 −1 lines' },
      ],
      filter: { release: 'v2', to: new Date(now).toISOString() },
      notes: expect.stringContaining('- Be brief.\n+ Be as long as you like.'),
    },
  ]);
  expect(await workspace.watch.deliveries('shop', 9)).toMatchObject([
    {
      channel: 'team',
      alert: {
        ...{ kind: 'opened', headline: 'v2 after v1: v2 did it', traces: ['t1', 't2', 't3'] },
        causes: [{ id: 'c-1', title: 'Refunds fail', change: null }],
        url: 'https://culprit.example/p/shop/compare?by=release&from=v1&to=v2',
        digest: expect.stringContaining('+ Be as long as you like.'),
      },
    },
  ]);
  expect(await workspace.watch.incidents('shop', 9)).toHaveLength(1);
  pass(HOUR);
  expect(await run()).toBe(false);
  expect(await workspace.comparisons('shop')).toHaveLength(1);
});

test('two servers that look at once ask for one comparison, and a kill before it is kept for no other', async () => {
  await traffic('v1', 24);
  await run();
  pass(3 * HOUR);
  await traffic('v2', 2);
  const stored = (await workspace.watch.watcherStates('shop')).get('releases');
  const killed = { ...deps(), workspace: { ...workspace, watch: { ...workspace.watch } } };
  killed.workspace.watch.keepProgress = async () => false;
  await runVersions('shop', watcher(), stored, killed);
  await Promise.all([1, 2].map(() => runVersions('shop', watcher(), stored, deps())));
  expect(await workspace.comparisons('shop')).toHaveLength(1);
});

test('nothing is told where nothing grew; what cannot be told is counted', async () => {
  findings = { v2: { causes: [change('same'), change('cannot tell', { id: 'c-2' })] } };
  await untilCompared();
  await endComparisons();
  pass(60_000);
  expect(await run()).toBe(false);
  expect(await steps()).toMatchObject({
    v2: { kind: 'done', from: 'v1', grown: [], open: 1, isIncident: false, headline: 'v2 did it' },
  });
  expect([made, await workspace.watch.deliveries('shop', 9)]).toEqual([[], []]);
});

test('releases that came while nobody looked are each compared with the one before', async () => {
  await traffic('v1', 24);
  await run();
  pass(4 * DAY);
  await traffic('v2', 24, now - 2 * DAY);
  await traffic('v3', 24, now - DAY);
  // A canary beside v3, and the short way back to v1: neither is what v4 follows.
  await traffic('canary', 1, now - 20 * HOUR);
  await traffic('v1', 5, now - 15 * HOUR);
  await traffic('v4', 12);
  await run();
  expect(
    (await workspace.comparisons('shop')).map(({ sides }) => [sides['from'], sides['to']]),
  ).toEqual([
    ['v3', 'v4'],
    ['v2', 'v3'],
    ['v1', 'v2'],
  ]);
});

test('each environment has its own; traces of none count where none is named', async () => {
  const environment = (name: string) => ({ environment: name });
  await traffic('v1', 24, now, environment('production'));
  await traffic('v1', 24, now, environment('staging'));
  await run();
  pass(DAY);
  await traffic('v2', 3, now, environment('staging'));
  await traffic('v2', 1, now - HOUR, environment('production'));
  await traffic('v9', 3, now, environment(''));
  await run();
  const comparisons = await workspace.comparisons('shop');
  expect(comparisons.map(({ sides }) => sides)).toEqual([
    { by: 'release', from: 'v1', to: 'v2', environment: 'staging' },
  ]);
  expect(Object.keys(await steps()).toSorted()).toEqual([
    ...['production v1', 'production v2', 'staging v1', 'staging v2'],
  ]);
});

test('an incident ends when a later release takes back what it brought, or after three days', async () => {
  findings = { v2: { causes: [change('grown')] }, v3: { causes: [change('gone')] } };
  await untilCompared();
  await endComparisons();
  pass(60_000);
  expect(await run()).toBe(true);
  pass(5 * HOUR);
  await traffic('v3', 4);
  await run();
  await endComparisons();
  pass(60_000);
  expect(await run()).toBe(true);
  expect(await workspace.watch.incidents('shop', 9)).toMatchObject([
    { end: 'resolved', alert: { headline: 'v3 took back what v2 had brought' } },
  ]);

  findings['v4'] = { causes: [change('new', { id: 'c-4' })] };
  pass(5 * HOUR);
  await traffic('v4', 4);
  await run();
  await endComparisons();
  pass(60_000);
  await run();
  pass(71 * HOUR);
  expect(await run()).toBe(false);
  pass(2 * HOUR);
  expect(await run()).toBe(true);
  expect((await workspace.watch.incidents('shop', 9))[0]).toMatchObject({
    ...{ end: 'unresolved', alert: { digest: null } },
  });
  expect((await workspace.watch.deliveries('shop', 9)).map(({ alert }) => alert.kind)).toEqual([
    ...['unresolved', 'opened', 'resolved', 'opened'],
  ]);
});

test('a comparison that fails or is cancelled says so, and a watcher that is paused does nothing', async () => {
  await untilCompared();
  const [comparison] = await workspace.comparisons('shop');
  await workspace.moveComparison('shop', comparison!.id, { state: 'cancelled', ended: now });
  pass(60_000);
  await run();
  expect(await steps()).toMatchObject({
    v2: { kind: 'failed', reason: 'the comparison was cancelled' },
  });
  pass(DAY);
  await traffic('v3', 4);
  expect(await run(deps(), { isPaused: true })).toBe(false);
  expect(await workspace.comparisons('shop')).toHaveLength(1);
  await run(deps(), { of: { kind: 'versions', by: 'release', floor: 1_000 } });
  expect(await steps()).toMatchObject({ v3: { kind: 'waiting', lacks: '235 of 1000 traces' } });
});
