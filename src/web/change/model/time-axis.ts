import type { Interval } from '../../../contract/interval.ts';
import type {
  ChangePoint,
  Trend,
  TrendCell,
  TrendGroup,
  TrendSegment,
} from '../../../contract/trend.ts';
import { twoDigits } from '../../../text/format.ts';
import { day, moment } from '../../../text/moments.ts';
import type { TimeLevel, TimeMark, TimePoint } from '../views/trend/TimeChart.tsx';

/** Places of groups, releases and change points of a trend over time, as shares of the width. */
export interface TimeAxis {
  readonly points: (
    cells: readonly Pick<TrendCell, 'ratePerThousand' | 'rateInterval'>[],
  ) => readonly TimePoint[];
  readonly levels: (segments: readonly TrendSegment[]) => readonly TimeLevel[];
  readonly marks: (changes: readonly ChangePoint[] | null) => readonly TimeMark[];
  /** Some of the groups, for the labels below. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly when: (time: number) => string;
}

const TICKS = 6;
/** With more groups intervals are wide, and would hide the line. */
const MOST_BANDED = 60;

/** What a trend over time shows its values by. */
interface Timed extends Pick<Trend, 'releases' | 'by'> {
  readonly groups: readonly Pick<TrendGroup, 'name' | 'start'>[];
}

export function timeAxis({ groups, releases, by }: Timed): TimeAxis {
  const count = Math.max(1, groups.length);
  const middle = (group: number): number => (group + 0.5) / count;
  const when = by === 'hour' ? moment : day;
  const step = Math.max(1, Math.ceil(groups.length / TICKS));
  return {
    when,
    points: (cells) =>
      cells.map(({ ratePerThousand, rateInterval }, group) => ({
        at: middle(group),
        value: ratePerThousand,
        interval: groups.length > MOST_BANDED ? null : rateInterval,
      })),
    levels: (segments) =>
      segments.flatMap(({ from, to, ratePerThousand }) =>
        ratePerThousand === null
          ? []
          : [{ from: from / count, to: to / count, value: ratePerThousand }],
      ),
    marks: (changes) => [
      ...releases.map(({ group, value }) => ({
        at: middle(group),
        kind: 'release' as const,
        name: value,
      })),
      ...(changes ?? []).map(({ group, before, after }) => ({
        at: group / count,
        kind: 'change' as const,
        name: `${twoDigits(before)} → ${twoDigits(after)}`,
      })),
    ],
    ticks: groups.flatMap(({ start, name }, group) =>
      group % step === 0 ? [{ at: middle(group), text: start === null ? name : when(start) }] : [],
    ),
  };
}

/** A level as a figure; null for none. */
export const levelOf = (rate: number | null): string | null =>
  rate === null ? null : twoDigits(rate);

/** Of the rates; as far up as intervals mostly reach. */
export function highestOf(
  cells: readonly {
    readonly ratePerThousand: number | null;
    readonly rateInterval: Interval | null;
  }[],
): number {
  const ends = cells.flatMap(({ rateInterval }) =>
    rateInterval === null ? [] : [rateInterval[1]],
  );
  const mean = ends.reduce((sum, end) => sum + end, 0) / Math.max(1, ends.length);
  return Math.max(mean, ...cells.map(({ ratePerThousand }) => ratePerThousand ?? 0));
}
