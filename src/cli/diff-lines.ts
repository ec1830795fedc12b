import type { CauseChange, Diff, DiffSide } from '../contract/diff.ts';
import { mixSentence, qText, ratioSentence, sameMixSentence, signed } from '../text/diff-words.ts';
import { count, percent, plural, twoDigits } from '../text/format.ts';
import { plain } from '../text/printable.ts';
import { statementText } from '../text/statement.ts';
import { style } from './style.ts';
import { type Column, table } from './table.ts';
import { wrap, wrapHanging } from './wrap.ts';

export interface DiffRoom {
  /** Columns of the terminal. */
  readonly width: number;
  /** Causes that are listed. */
  readonly top: number;
}

type DiffColumn = Column<CauseChange, DiffRoom>;

const COLORS = {
  new: 'red',
  grown: 'red',
  gone: 'green',
  shrunk: 'green',
  same: 'dim',
  'cannot tell': 'dim',
} as const;

const STATE: DiffColumn = {
  head: '',
  width: 13,
  cell: ({ state, isMix }) =>
    `${style(COLORS[state], state)}${isMix ? `\n${style('yellow', 'mix')}` : ''}`,
};

const CAUSE: DiffColumn = {
  head: 'root cause',
  width: 0,
  cell: (cause, width) => {
    const { title, state, isNamed } = cause;
    const changed = state !== 'same' && state !== 'cannot tell';
    const mixed = sameMixSentence(cause);
    return [
      style(changed && isNamed ? ['bold'] : [], wrap(plain(title), width)),
      ...(mixed === null ? [] : [style('dim', wrap(plain(mixed), width))]),
    ].join('\n');
  },
};

const rateColumn = (side: 'before' | 'after', name: string): DiffColumn => ({
  head: headOf(plain(name)),
  width: RATE_WIDTH,
  cell: (cause) => {
    const { events, exposures, ratePerThousand, rateInterval } = cause[side];
    const about = cause.isEstimate ? 'about ' : '';
    const counted = style('dim', `${about}${count(events)} of ${count(exposures)}`);
    if (ratePerThousand === null || rateInterval === null) return counted;
    const [low, high] = rateInterval;
    return `${twoDigits(ratePerThousand)} ${style('dim', `(${twoDigits(low)}–${twoDigits(high)})`)}\n${counted}`;
  },
});
const RATE_WIDTH = 19;

const headOf = (name: string): string =>
  name.length <= RATE_WIDTH - 2 ? name : `${name.slice(0, RATE_WIDTH - 3)}…`;

const DIFFERENCE: DiffColumn = {
  head: 'difference',
  width: 17,
  leaves: 1,
  cell: ({ difference, differenceInterval }) =>
    difference === null || differenceInterval === null
      ? ''
      : `${signed(difference)}\n${style('dim', `${signed(differenceInterval[0])} to ${signed(differenceInterval[1])}`)}`,
};

const CHANCE: DiffColumn = {
  head: 'q',
  width: 20,
  leaves: 2,
  cell: ({ q, needed }) =>
    [
      q === null ? style('dim', 'not tested') : qText(q),
      ...(needed === null ? [] : [style('dim', `about ${count(needed)} more`)]),
    ].join('\n'),
};

/** What changed, for a terminal: one sentence, the causes, what differs, and what to know. */
export function diffLines(diff: Diff, room: DiffRoom): string {
  const { before, after, causes } = diff;
  const shown = causes.slice(0, room.top);
  const columns = [
    ...(diff.noRates === null ? [STATE] : []),
    ...[CAUSE, rateColumn('before', before.name), rateColumn('after', after.name)],
    ...(diff.noRates === null ? [DIFFERENCE, CHANCE] : []),
  ];
  const width = Math.min(room.width, 140);
  const more = causes.length - shown.length;
  const blocks = [
    [
      style('bold', wrap(plain(statementText(diff.headline)), width)),
      style('dim', wrap(plain(`${sideText(before)}; ${sideText(after)}`), width)),
    ],
    shown.length === 0 ? [] : [table(shown, room, columns)],
    more > 0 ? [style('dim', `${count(more)} more: --top ${causes.length}`)] : [],
    shown.length === 0 || diff.noRates !== null
      ? []
      : [style('dim', wrap('failures per 1,000 traces, with 95% intervals', width))],
    ...shown.filter(({ differs }) => differs.length > 0).map((cause) => differsLines(cause, width)),
    warnings(diff).map((line) => style('yellow', wrap(plain(line), width))),
    diff.remarks.map((line) => style('dim', wrap(plain(line), width))),
  ];
  return `\n${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** `support-v3: 1,302 traces, 16% failed`; the number that failed, where there are no rates. */
const sideText = ({ name, traces, failed, ratePerThousand }: DiffSide): string =>
  `${name}: ${plural(traces, 'trace')}, ${ratePerThousand === null ? count(failed) : percent(ratePerThousand / 1000)} failed`;

const differsLines = ({ title, differs }: CauseChange, width: number): readonly string[] => [
  wrap(`What differs where ${quoted(title)}:`, width),
  ...differs.map(({ sentence }) => `  ${wrapHanging(plain(sentence), width - 2, '  ')}`),
];

const quoted = (title: string): string => `“${plain(title)}”`;

function warnings({ mix, sampleRatio, before, after }: Diff): readonly string[] {
  return [
    ...(sampleRatio?.isAlarm ? [ratioSentence(sampleRatio)] : []),
    ...mix
      .filter(({ isAlarm }) => isAlarm)
      .map((shift) => mixSentence(shift, before.name, after.name)),
  ];
}
