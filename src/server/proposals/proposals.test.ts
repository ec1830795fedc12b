import { expect, test } from 'vitest';
import type { Analysis } from '../../contract/analysis.ts';
import type { ReportData } from '../../contract/report.ts';
import type { StoredSession, Workspace } from '../../store/workspace/workspace.ts';
import { memoryWorkspace } from '../../testing/memory-workspace.ts';
import { undoDecision } from '../record-decision.ts';
import { proposals } from './proposals.ts';

const DAY = 86_400_000;
const WHO = { project: 'shop', by: 'ann' };

/** What is listed, as far as proposals heed it. */
const EMPTY = { clusters: [], failures: [], funnel: [], failedCount: 0, options: { seed: 1 } };

type Cell = readonly [cluster: string, cause: string, count: number];

/** A re-clustering, as far as proposals heed it; each failure was assigned to a cause. */
const analysisOf = (cells: readonly Cell[]): Analysis =>
  ({
    clusters: [...new Set(cells.map(([cluster]) => cluster))].map((id) => ({
      ...{ id, title: `Title of ${id}`, leftover: null, state: 'tested', returns: 1 },
      condition: {
        atoms: [
          {
            fact: { key: id, statement: { template: `it has ${id}`, slots: [] } },
            ...{ least: null, most: null },
          },
        ],
      },
    })),
    failures: cells.flatMap(([cluster, cause, count]) =>
      Array.from({ length: count }, (_, at) => ({
        ...{ traceId: `${cluster} ${cause} ${at}`, cluster, weight: 1, membership: 1 },
        ...{ shown: `quote ${at}`, input: '' },
      })),
    ),
  }) as unknown as Analysis;

async function setUp(cells: readonly Cell[]) {
  let [now, nextId, found] = [Date.parse('2026-10-19T09:00Z'), 0, cells];
  const asked: string[] = [];
  const workspace = memoryWorkspace(() => now);
  await workspace.ensureProject('shop', 'Shop');
  const make = (own: Workspace = workspace) =>
    proposals({
      workspace: own,
      store: {
        funnel: async () => ({ stored: 9_000, failed: 900 }) as never,
        assignmentsOf: async (_, ids) =>
          new Map(
            ids.map((id) => [
              id,
              { cluster: id.split(' ')[1] ?? '', distance: 0, detectorVersion: '' },
            ]),
          ),
      },
      analyses: {
        latest: async () => ({ report: { analysis: EMPTY } }) as never,
        members: async () => new Map(),
        request: async () => {
          asked.push('analysis');
          return {} as never;
        },
      },
      sessions: {
        async create(project, { id = '', ...given }) {
          const session = { ...given, id, project, created: now, state: 'done' };
          await own.addSession(session as unknown as StoredSession);
          return session as unknown as StoredSession;
        },
        report: async () => ({ analysis: analysisOf(found) }) as ReportData,
      },
      feed: { add: async () => {}, onEvent: () => () => {} } as never,
      ...{ clock: () => now, newId: () => `id-${nextId++}`, onError: () => {} },
    });
  const accept = (id: string) =>
    workspace.act('shop', {
      ...{ id: `accepted ${id}`, at: now, by: 'ann', action: 'accept' },
      changes: [{ kind: 'cause', subject: id, field: 'proposal', value: 'accepted' }],
    });
  const undo = (id: string) =>
    undoDecision({ workspace, clock: () => now, newId: () => `id-${nextId++}` }, WHO, id);
  return {
    ...{ workspace, make, accept, undo, asked },
    /** A week later, a re-clustering finds this. */
    async week(next: readonly Cell[] = found) {
      now += 7 * DAY;
      found = next;
      const service = make();
      await service.search('shop', 'ann');
      await service.run('shop');
    },
  };
}

const SPLIT: readonly Cell[] = [
  ['c-x', 'c-1', 40],
  ['c-y', 'c-1', 20],
  ['c-2', 'c-2', 30],
];

test('a re-clustering is compared once, by whichever server, and changes nothing by itself', async () => {
  const { workspace, make, accept, week } = await setUp(SPLIT);
  await week();
  expect((await make().open('shop')).items, 'nobody has accepted anything').toEqual([]);
  await Promise.all([accept('c-1'), accept('c-2')]);
  await week();
  const before = await workspace.decisions('shop');
  await Promise.all([make().run('shop'), make().run('shop')]);
  expect(await workspace.decisions('shop')).toEqual(before);
  expect((await make().open('shop')).items).toMatchObject([
    {
      ...{ id: 'split:c-1', kind: 'split', failures: 20, of: 90 },
      parts: [
        { id: 'c-x', own: 40, shared: 40, condition: 'it has c-x', exemplars: { length: 3 } },
        { id: 'c-y', own: 20, shared: 20 },
      ],
      effects: [
        { id: 'c-1', before: 60 / 90, after: 40 / 90 },
        { id: 'c-y', before: 0, after: 20 / 90 },
      ],
    },
  ]);
});

test('a person accepts it as one action, which the next analysis follows, and takes it back', async () => {
  const { workspace, make, accept, week, undo, asked } = await setUp(SPLIT);
  await Promise.all([accept('c-1'), accept('c-2')]);
  await week();
  const line = await make().accept(WHO, 'split:c-1');
  expect(line).toMatchObject({ action: 'divide', by: 'ann' });
  expect(asked).toEqual(['analysis']);
  expect(await workspace.decisions('shop')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        ...{ subject: 'c-1', field: 'definition' },
        value: expect.objectContaining({ fingerprint: 'x' }),
      }),
      expect.objectContaining({ subject: 'c-y', field: 'splitFrom', value: 'c-1' }),
      expect.objectContaining({ subject: 'c-y', field: 'proposal', value: 'accepted' }),
      expect.objectContaining({ kind: 'pair', subject: 'c-1|c-y', field: 'apart', value: true }),
    ]),
  );
  expect((await make().open('shop')).items).toEqual([]);
  expect(await make().accept(WHO, 'split:c-1'), 'once').toBe(null);
  await undo(line!.id);
  expect((await workspace.decisions('shop')).map(({ subject }) => subject)).toEqual(['c-1', 'c-2']);
  expect((await make().open('shop')).items).toHaveLength(1);
});

test('a rejected one stays away until it is twice as many failures', async () => {
  const { make, accept, week } = await setUp(SPLIT);
  await Promise.all([accept('c-1'), accept('c-2')]);
  await week();
  expect(await make().reject(WHO, 'split:c-1')).toMatchObject({ action: 'reject' });
  const open = async () => (await make().open('shop')).items.map(({ id }) => id);
  expect(await open()).toEqual([]);
  await week([...SPLIT.slice(0, 1), ['c-y', 'c-1', 39]]);
  expect(await open()).toEqual([]);
  await week([...SPLIT.slice(0, 1), ['c-y', 'c-1', 40]]);
  expect(await open()).toEqual(['split:c-1']);
});

test('a merge counts for the larger cause from then on', async () => {
  const { workspace, make, accept, week } = await setUp([
    ['c-x', 'c-1', 30],
    ['c-x', 'c-2', 20],
  ]);
  await Promise.all([accept('c-1'), accept('c-2')]);
  await week();
  expect((await make().open('shop')).items).toMatchObject([
    {
      ...{ id: 'merge:c-1|c-2', kind: 'merge', failures: 20 },
      effects: [
        { id: 'c-1', before: 0.6, after: 1 },
        { id: 'c-2', before: 0.4, after: 0 },
      ],
    },
  ]);
  await make().accept(WHO, 'merge:c-1|c-2');
  expect(await workspace.decisions('shop')).toContainEqual(
    expect.objectContaining({ subject: 'c-2', field: 'mergedInto', value: 'c-1' }),
  );
  // The merged cause counts for its survivor now.
  await week();
  expect((await make().open('shop')).items).toEqual([]);
});
