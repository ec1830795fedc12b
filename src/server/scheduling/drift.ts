import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { Workspace } from '../../store/workspace/workspace.ts';
import { percent } from '../../text/format.ts';
import { type DriftTrace, type Shift, shiftsOf } from '../../watch/watch.ts';
import type { Sessions } from '../sessions/sessions.ts';

/** Sessions that begin because the traffic is another one than before. */
export interface Drift {
  /** How the traffic of a time differs from that of the four weeks before it, or since `since`. */
  of(project: string, time: Stretch, since?: number): Promise<readonly Shift[]>;
  /** Looks at the days that have ended since the last look, the last five at most. */
  run(project: string): Promise<void>;
}

/** Epoch milliseconds, the end exclusive. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface DriftDeps {
  readonly store: Pick<TelemetryStore, 'newest'>;
  readonly workspace: Pick<Workspace, 'sessions'>;
  readonly sessions: Pick<Sessions, 'create'>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** Traces that are drawn of each side. */
const DRAWN = 1_000;
/** Days that are caught up with. */
const MOST = 5;
const ID = /^drift-(\d{4})(\d\d)(\d\d)$/;

export function drift({ store, workspace, sessions, clock }: DriftDeps): Drift {
  /** By project the end of the last day that was looked at. */
  const looked = new Map<string, number>();

  const drawn = async (project: string, { from, to }: Stretch): Promise<readonly DriftTrace[]> => {
    const draw = { most: DRAWN, by: null, seed: 1 };
    const { items } = await store.newest({ project, from, to, draw }, { limit: DRAWN });
    return items.map(({ name, input }) => ({ operation: name, input }));
  };

  const of: Drift['of'] = async (project, { from, to }, since = from - 4 * WEEK) => {
    const [before, after] = await Promise.all([
      drawn(project, { from: Math.max(since, from - 4 * WEEK), to: from }),
      drawn(project, { from, to }),
    ]);
    return shiftsOf(before, after);
  };

  const lookAt = async (project: string, day: number): Promise<void> => {
    const days = (await workspace.sessions(project)).flatMap(({ id }) => dayIn(id) ?? []);
    const last = Math.max(...days.filter((each) => each < day), Number.NEGATIVE_INFINITY);
    // What was told of counts as usual from then on; a week of it has to be there.
    const time = { from: day - WEEK, to: day };
    if (days.includes(day) || time.from - (last - DAY) < WEEK) return;
    const shifts = await of(
      project,
      time,
      last === Number.NEGATIVE_INFINITY ? undefined : last - DAY,
    );
    if (shifts.length === 0) return;
    await sessions.create(project, {
      id: `drift-${new Date(day).toISOString().slice(0, 10).replaceAll('-', '')}`,
      ...{ by: '', parent: null, people: [], notes: '', options: {} },
      name: `The traffic has changed, ${new Date(day).toISOString().slice(0, 10)}`,
      filter: { from: new Date(time.from).toISOString(), to: new Date(time.to).toISOString() },
      agenda: shifts.map((shift) => ({
        ...{ text: shiftText(shift), isDone: false },
        link: compareLink(time),
      })),
    });
  };

  return {
    of,
    async run(project) {
      const today = Math.floor(clock() / DAY) * DAY;
      const from = Math.max(looked.get(project) ?? 0, today - MOST * DAY);
      for (let day = from + DAY; day <= today; day += DAY) await lookAt(project, day);
      looked.set(project, today);
    },
  };
}

/** The day of a session that drift began; null for others. */
function dayIn(id: string): number | null {
  const [, year, month, day] = ID.exec(id) ?? [];
  return year === undefined ? null : Date.parse(`${year}-${month}-${day}`);
}

/** A shift as an item of an agenda. */
export const shiftText = ({ by, most: { value, before, after } }: Shift): string =>
  `${by === 'operation' ? 'Other operations than before' : 'Other questions than before'}: ${value} (${percent(before)} → ${percent(after)} of the traces)`;

/** Where a time is compared with as much time before it. */
export function compareLink({ from, to }: Stretch): string {
  const side = (start: number, end: number): string =>
    `${new Date(start).toISOString()}/${new Date(end).toISOString()}`;
  const query = new URLSearchParams({
    ...{ by: 'time', from: side(2 * from - to, from), to: side(from, to) },
  });
  return `/compare?${query.toString()}`;
}
