import type { ChangePoint, Trend, TrendCause, TrendScore } from '../contract/trend.ts';
import { count, plural, threeDigits, twoDigits } from '../text/format.ts';
import { day, moment } from '../text/moments.ts';
import { plain } from '../text/printable.ts';
import { statementText } from '../text/statement.ts';
import { heat, sparkline } from './heat.ts';
import { style } from './style.ts';
import { type Column, table } from './table.ts';
import { wrap } from './wrap.ts';

interface Room {
  /** Columns of the terminal. */
  readonly width: number;
  /** Causes and scores that are listed. */
  readonly top: number;
}

const WIDEST = 140;
const CELL_WIDTH = 14;
const MOST_COLUMNS = 7;
const MOST_SPARKS = 40;

/** Causes and scores by version or over time, for a terminal. */
export function trendLines(trend: Trend, room: Room): string {
  const width = Math.min(room.width, WIDEST);
  const causes = trend.causes.slice(0, room.top);
  const scores = trend.scores.slice(0, room.top);
  const more = trend.causes.length - causes.length;
  const dim = (text: string): string => style('dim', wrap(plain(text), width));
  const blocks = [
    [style('bold', wrap(plain(statementText(trend.headline)), width)), dim(sizeLine(trend))],
    causes.length === 0 || trend.groups.length === 0
      ? []
      : [
          table(causes, room, [
            { head: 'root cause', width: 0, cell: titleCell },
            ...(trend.isTime ? timeColumns(trend, width) : versionColumns(trend, causeCell)),
          ]),
        ],
    more > 0 ? [dim(`${plural(more, 'more cause')}: --top ${trend.causes.length}`)] : [],
    scores.length === 0 || trend.groups.length === 0
      ? []
      : [
          table(scores, room, [
            { head: 'score', width: 0, cell: ({ name }, cell) => wrap(plain(name), cell) },
            ...(trend.isTime ? scoreTimeColumns(trend, width) : versionColumns(trend, scoreCell)),
          ]),
        ],
    trend.noRates === null
      ? [dim(legend(trend))]
      : [style('yellow', wrap(plain(trend.noRates), width))],
    trend.remarks.map(dim),
  ];
  return `\n${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const titleCell = ({ title, isNamed, changePoints }: TrendCause, width: number): string =>
  style(isNamed && (changePoints?.length ?? 0) > 0 ? ['bold'] : [], wrap(plain(title), width));

function sizeLine({ groups, traces, without, by, isTime, releases }: Trend): string {
  const [first, last] = [groups[0], groups.at(-1)];
  const over = isTime
    ? first === undefined || last === undefined
      ? ''
      : ` by ${by} from ${first.name} to ${last.name}`
    : ` by ${by}`;
  const marks = releases.map(({ value, time }) => `${value} since ${day(time)}`);
  return [
    `${plural(traces, 'trace')}${over}`,
    ...(without > 0 ? [`${count(without)} without ${isTime ? 'a time' : 'a value'} left out`] : []),
    ...(marks.length > 0 ? [marks.join(', ')] : []),
  ].join('; ');
}

/** The last versions that fit, older ones leaving first. */
function versionColumns<Row>(
  { groups }: Trend,
  cell: (row: Row, group: number) => string,
): readonly Column<Row, Room>[] {
  const first = Math.max(0, groups.length - MOST_COLUMNS);
  return groups.slice(first).map(({ name }, at) => ({
    head: cut(name).padStart(5),
    width: CELL_WIDTH,
    leaves: at + 1,
    cell: (row) => cell(row, first + at),
  }));
}

const cut = (name: string): string =>
  plain(name).length <= CELL_WIDTH - 2 ? plain(name) : `${plain(name).slice(0, CELL_WIDTH - 3)}…`;

/** `116 ▇`: the rate, and how it compares with the highest of the row. */
function causeCell({ cells }: TrendCause, group: number): string {
  const { failures, ratePerThousand } = cells[group]!;
  if (ratePerThousand === null) return count(failures).padStart(5);
  const most = Math.max(...cells.map((cell) => cell.ratePerThousand ?? 0));
  return `${twoDigits(ratePerThousand).padStart(5)} ${heat(ratePerThousand, most)}`;
}

function scoreCell({ cells }: TrendScore, group: number): string {
  const { mean, interval } = cells[group]!;
  if (mean === null) return style('dim', '–');
  const shown = threeDigits(mean);
  return interval === null
    ? shown
    : `${shown}\n${style('dim', `${threeDigits(interval[0])}–${threeDigits(interval[1])}`)}`;
}

/** A line of the rates, and where they moved. */
function timeColumns(trend: Trend, width: number): readonly Column<TrendCause, Room>[] {
  const room = sparkRoom(trend, width);
  return [
    {
      head: 'per 1,000',
      width: room + 2,
      cell: ({ cells }) =>
        sparkline(
          cells.map(
            ({ failures, ratePerThousand }) =>
              ratePerThousand ?? (trend.noRates === null ? null : failures),
          ),
          trend.groups.map(({ traces }) => traces),
          room,
        ),
    },
    {
      head: 'moved',
      width: 32,
      leaves: 1,
      cell: ({ changePoints, segments }, cell) =>
        changeText(changePoints, trend, cell) ?? levelText(segments[0]?.ratePerThousand ?? null),
    },
  ];
}

function scoreTimeColumns(trend: Trend, width: number): readonly Column<TrendScore, Room>[] {
  const room = sparkRoom(trend, width);
  return [
    {
      head: 'mean',
      width: room + 2,
      cell: ({ cells }) =>
        sparkline(
          cells.map(({ mean }) => mean),
          cells.map(({ traces }) => traces),
          room,
        ),
    },
    {
      head: `moved, or mean of ${trend.rolling ?? 'days'}`,
      width: 32,
      leaves: 1,
      cell: ({ changePoints, rolling }, cell) => {
        const last = rolling.findLast(({ mean }) => mean !== null);
        const level = last?.mean === null || last === undefined ? '' : threeDigits(last.mean);
        return changeText(changePoints, trend, cell) ?? style('dim', level);
      },
    },
  ];
}

const sparkRoom = ({ groups }: Trend, width: number): number =>
  Math.min(groups.length, MOST_SPARKS, Math.max(8, Math.floor(width / 4)));

/** `1.5 → 54 on June 7, with support-v4`; null where nothing moved. */
function changeText(
  points: readonly ChangePoint[] | null,
  { by }: Trend,
  width: number,
): string | null {
  if (points === null || points.length === 0) return null;
  return points
    .map(({ before, after, time, releases }) => {
      const when = by === 'hour' ? moment(time) : day(time);
      const what = releases.length === 0 ? '' : `, with ${releases.join(', ')}`;
      return wrap(plain(`${twoDigits(before)} → ${twoDigits(after)} on ${when}${what}`), width);
    })
    .join('\n');
}

const levelText = (rate: number | null): string =>
  rate === null ? style('dim', 'too little to tell') : style('dim', `steady at ${twoDigits(rate)}`);

function legend({ isTime, rolling, scores }: Trend): string {
  const bars = isTime
    ? 'bars: lowest to highest of the row'
    : 'bars: share of the highest of the row';
  const means =
    scores.length > 0 && !isTime && rolling !== null
      ? `; rolling means over ${rolling}: --json`
      : '';
  return `failures per 1,000 traces; ${bars}${means}`;
}
