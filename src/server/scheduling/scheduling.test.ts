import { expect, test } from 'vitest';
import type { Diff } from '../../contract/diff.ts';
import { scheduleSettingsSchema } from '../../contract/schedule.ts';
import type { StoredSession, Workspace } from '../../store/workspace/workspace.ts';
import { memoryWorkspace } from '../../testing/memory-workspace.ts';
import { type AgendaGiven, agendaOf } from './agenda.ts';
import { scheduling } from './scheduling.ts';

const DAY = 86_400_000;
const NONE = { people: 0, judges: 0, proposals: 0 };
const MONDAY = Date.parse('2026-10-19T09:00Z');

async function setUp() {
  let now = MONDAY - DAY;
  const workspace = memoryWorkspace(() => now);
  await workspace.ensureProject('shop', 'Shop');
  const settings = { name: 'Weekly', channels: ['team'] };
  await workspace.watch.putSchedule('shop', 'weekly', scheduleSettingsSchema.parse(settings), now);
  const errors: unknown[] = [];
  const make = (own: Workspace = workspace) =>
    scheduling({
      workspace: own,
      sessions: {
        async create(project, { id = '', ...given }) {
          const session = {
            ...{ ...given, id, project, created: now, minutes: 0, state: 'waiting' },
            ...{ progress: null, started: null, ended: null, traces: null, failed: null },
            error: null,
          } as unknown as StoredSession;
          await workspace.addSession(session);
          return session;
        },
        report: async () => null,
        diff: async () => {
          throw new Error('there is nothing to compare');
        },
      },
      proposals: {
        run: async () => {},
        open: async () => ({ session: null, at: null, items: [], settled: 0 }),
      },
      drift: { run: async () => {}, of: async () => [] },
      disagreements: async () => ({ ...NONE, labeled: new Set() }),
      ...{ clock: () => now, address: 'https://culprit.example' },
      onError: (error) => errors.push(error),
    });
  return {
    ...{ workspace, errors, make },
    pass(milliseconds: number) {
      now += milliseconds;
    },
  };
}

test('a session begins when it is due, once, also with two servers and after a kill', async () => {
  const { workspace, make, pass, errors } = await setUp();
  const [one, two] = [make(), make()];
  await one.run();
  expect(await workspace.sessions('shop')).toEqual([]);
  pass(DAY);
  await Promise.all([one.run(), two.run()]);
  // A process that was killed between the session and what it knows of it begins again.
  const killed = make({
    ...workspace,
    watch: {
      ...workspace.watch,
      schedules: async (project) =>
        (await workspace.watch.schedules(project)).map((each) => ({ ...each, until: 0 })),
    },
  });
  await killed.run();
  const found = (await workspace.sessions('shop')).filter(
    ({ id }) => id === 'weekly-20261019T0900',
  );
  expect(found).toMatchObject([
    {
      name: 'Weekly, 2026-10-19',
      filter: { from: '2026-10-12T09:00:00.000Z', to: '2026-10-19T09:00:00.000Z' },
    },
  ]);
  expect(errors).toEqual([]);
});

test('sessions that were missed are begun with what they would have looked at', async () => {
  const { workspace, make, pass } = await setUp();
  pass(15 * DAY);
  await make().run();
  expect((await workspace.sessions('shop')).map(({ id, filter }) => [id, filter['to']])).toEqual([
    ['weekly-20261102T0900', '2026-11-02T09:00:00.000Z'],
    ['weekly-20261026T0900', '2026-10-26T09:00:00.000Z'],
    ['weekly-20261019T0900', '2026-10-19T09:00:00.000Z'],
  ]);
});

test('a session that ended gets its agenda, and its digest is sent once', async () => {
  const { workspace, make, pass } = await setUp();
  pass(DAY);
  await make().run();
  await workspace.moveSession('shop', 'weekly-20261019T0900', {
    ...{ state: 'failed', ended: 0 },
    error: { code: 'no_traces', message: 'there are no traces' },
  });
  await Promise.all([make().run(), make().run()]);
  expect((await workspace.sessions('shop'))[0]?.agenda).toEqual([
    { text: 'It failed: there are no traces', isDone: false },
  ]);
  expect(await workspace.watch.deliveries('shop', 9)).toMatchObject([
    {
      channel: 'team',
      alert: {
        kind: 'digest',
        headline: 'Weekly: It failed: there are no traces',
        url: 'https://culprit.example/p/shop/sessions/weekly-20261019T0900',
        digest: '- [ ] It failed: there are no traces',
      },
    },
  ]);
});

test('an agenda names what came back, is new or grew, and what nobody has decided on', () => {
  const change = (id: string, state: string, events = 5) => ({
    ...{ id, state, title: `Cause ${id}`, isNamed: true },
    ...{ before: { events: 1, ratePerThousand: 2 }, after: { events, ratePerThousand: 9.6 } },
  });
  const diff = {
    causes: [
      change('a', 'same'),
      change('b', 'grown'),
      change('c', 'new'),
      change('d', 'same'),
      change('e', 'gone', 0),
    ],
  } as unknown as Diff;
  const causes = ['a', 'b', 'c', 'd'].map((id) => ({ id, title: `Cause ${id}` }));
  const given: AgendaGiven = {
    ...{ diff, causes, fixed: new Set(['d', 'e']), decided: new Set(['a', 'b', 'd']) },
    ...{ regressed: new Set(['a']), disagreements: { people: 2, judges: 1, proposals: 0 } },
    ...{ failures: 40, unlabeled: 30, proposals: 2, compare: '/compare?by=time' },
    versions: ['v2 after v1: nothing'],
    shifts: [
      {
        ...{ by: 'operation', distance: 0.2, p: 0 },
        most: { value: 'refund', before: 0.12, after: 0.31 },
      },
    ],
  };
  expect(agendaOf(given).map(({ text, link }) => [text, link])).toEqual([
    ['Regressed: Cause a', '/causes/a'],
    ['Fixed, and seen again: Cause d', '/causes/d'],
    ['v2 after v1: nothing', '/compare'],
    ['New: Cause c', '/causes/c'],
    ['Grown: Cause b (2 → 10 per 1,000 traces)', '/causes/b'],
    ['Other operations than before: refund (12% → 31% of the traces)', '/compare?by=time'],
    ['2 proposed changes of the causes', '/proposals'],
    ['2 traces that two people disagree about', '/agreement'],
    ['1 trace where a person and a score or detector disagree', '/agreement'],
    ['1 cause that nobody has accepted or rejected', '/'],
    ['30 of 40 failures not labeled yet', '/label'],
  ]);
  const calm = {
    ...{ regressed: new Set<string>(), disagreements: NONE, shifts: [] },
    ...{ unlabeled: 0, proposals: 0, versions: [] },
  };
  expect(agendaOf({ ...given, ...calm, diff: null })[0]?.text).toBe(
    'Begin with the first: Cause a',
  );
  const nothing = { diff: { causes: [] } as unknown as Diff, causes: [] };
  expect(agendaOf({ ...given, ...calm, ...nothing })).toEqual([
    { text: 'No cause is new, has grown or came back', isDone: true },
  ]);
});
