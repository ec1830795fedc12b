import { expect, test } from 'vitest';
import type { TelemetryStore, TraceRow } from '../../store/telemetry/telemetry.ts';
import type { StoredSession } from '../../store/workspace/workspace.ts';
import { memorySessions } from '../../testing/memory-sessions.ts';
import { drift } from './drift.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-08-01T00:00Z');
/** From then on other operations run. */
const CHANGE = START + 40 * DAY;

const QUARTER = DAY / 96;

/** Four traces an hour, of which 400 are drawn; a fifth are refunds, from the change on three fifths. */
const rowsOf = (from: number, to: number): TraceRow[] => {
  const rows: TraceRow[] = [];
  const first = Math.ceil((Math.max(from, START) - START) / QUARTER);
  for (let nth = first; START + nth * QUARTER < to; nth++) {
    const at = START + nth * QUARTER;
    const drawn = (Math.imul(nth + 1, 2_654_435_761) >>> 0) / 2 ** 32;
    rows.push({
      name: drawn < (at < CHANGE ? 0.2 : 0.6) ? 'refund' : 'answer',
      ...{ input: '' },
    } as TraceRow);
  }
  return rows;
};
const newest: TelemetryStore['newest'] = async ({ from = 0, to = 0 }) => {
  const all = rowsOf(from, to);
  const most = Math.min(400, all.length);
  const items = Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)]!);
  return { items, next: null };
};

function setUp() {
  let now = START;
  const sessions = memorySessions();
  const make = () =>
    drift({
      ...{ store: { newest }, workspace: sessions, clock: () => now },
      sessions: {
        async create(project, { id = '', ...given }) {
          const session = { ...given, id, project, created: now } as unknown as StoredSession;
          await sessions.addSession(session);
          return session;
        },
      },
    });
  return {
    make,
    found: () => sessions.sessions('shop'),
    to(day: number) {
      now = START + day * DAY + DAY / 2;
    },
  };
}

test('a session begins when the traffic changes, once, with two servers and after a kill', async () => {
  const { make, found, to } = setUp();
  let [one, other] = [make(), make()];
  for (let day = 34; day <= 74; day++) {
    to(day);
    await Promise.all([one.run('shop'), other.run('shop')]);
    // One is killed and starts anew.
    if (day % 10 === 4) other = make();
    if (day < 40) expect(await found()).toEqual([]);
  }
  one = make();
  await one.run('shop');
  const all = await found();
  expect(all).toHaveLength(1);
  const [day] = /\d{8}/.exec(all[0]!.id)!;
  // 40 points more, seen over a week: two to four days bring it past the threshold.
  expect(['20260912', '20260913', '20260914']).toContain(day);
  expect(all[0]?.agenda).toMatchObject([
    {
      text: expect.stringMatching(
        /^Other operations than before: (?:refund|answer) \(\d+% → \d+% of the traces\)$/,
      ),
      link: expect.stringMatching(/^\/compare\?by=time&from=2026-08-/),
    },
  ]);
});

test('a server that was away begins what it would have begun', async () => {
  const { make, found, to } = setUp();
  const steady = make();
  for (let day = 38; day <= 46; day++) {
    to(day);
    await steady.run('shop');
  }
  const away = setUp();
  const back = away.make();
  away.to(40);
  await back.run('shop');
  away.to(44);
  await back.run('shop');
  const begun = (all: readonly StoredSession[]) =>
    all.map(({ id, filter, agenda }) => ({ id, filter, agenda }));
  expect(begun(await away.found())).toEqual(begun(await found()));
});
