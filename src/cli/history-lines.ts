import type { History, HistoryCell } from '../contract/eval-report.ts';
import { leftOutText } from '../text/left-out.ts';
import { plain } from '../text/printable.ts';
import { style } from './style.ts';

/** Runs of the table; older ones are in the report and in the JSON. */
const COLUMNS = 8;

/** A heat map of the guards that pass, and which cause came back in which version. */
export function historyLines({ runs, causes, leftOut }: History, report: string | null): string {
  const omitted = leftOutText(leftOut);
  if (runs.length === 0) return omitted === '' ? '' : `${omitted}\n`;
  const shown = runs.slice(-COLUMNS);
  const hidden = runs.length - shown.length;
  const names = shown.map(({ version }) => plain(version).slice(-WIDTH));
  const widths = names.map((name) => Math.max(name.length, CELL));
  const head = Math.min(
    HEAD,
    Math.max(16, ...causes.map(({ cause, title }) => nameOf(cause, title).length)),
  );
  const row = (name: string, cells: readonly string[]): string =>
    [shortened(name, head).padEnd(head), ...cells].join('  ').trimEnd();
  const padded = (cells: readonly string[]): readonly string[] =>
    cells.map((cell, index) => cell.padStart(widths[index]!));
  const lines = [
    style('bold', row('guards that pass', padded(names))),
    ...causes.map(({ cause, title, cells }) =>
      row(
        nameOf(cause, title),
        cells.slice(-COLUMNS).map((cell, index) => heat(cell, widths[index]!)),
      ),
    ),
    row('verdict', padded(shown.map(({ verdict }) => verdict.replace('_', ' ').slice(0, WIDTH)))),
    ...(hidden > 0 ? [style('dim', `${hidden} older runs are in the report and in --json`)] : []),
    ...(omitted === '' ? [] : [style('dim', omitted)]),
    '',
    ...causes.flatMap(({ cause, title, cells }) =>
      cells.flatMap((cell, at) =>
        cell?.cameBack === true
          ? [style('red', `${nameOf(cause, title)} came back in ${plain(runs[at]!.version)}`)]
          : [],
      ),
    ),
    ...(causes.every(({ cells }) => cells.every((cell) => cell?.cameBack !== true))
      ? ['no cause came back']
      : []),
    ...(report === null ? [] : [`report  ${style('cyan', plain(report))}`]),
    '',
  ];
  return lines.join('\n');
}

const HEAD = 44;
const WIDTH = 20;
/** `100% ███`, and a mark where the cause came back. */
const CELL = 9;
const SHADES = [' ', '░', '▒', '▓', '█'];

const shortened = (name: string, most: number): string =>
  name.length <= most ? name : `${name.slice(0, most - 1)}…`;

const nameOf = (cause: string, title: string | null): string =>
  title === null ? cause : plain(title).replaceAll('`', '');

/** A rate with its shade, so that a row can be read at a glance also without color. */
function heat(cell: HistoryCell | null, width: number): string {
  if (cell === null) return '–'.padStart(width);
  const { rate, cameBack } = cell;
  const shade = SHADES[Math.round(rate * (SHADES.length - 1))] ?? ' ';
  const text = `${cameBack ? '↩ ' : ''}${Math.round(100 * rate)}% ${shade.repeat(2)}`;
  const padded = text.padStart(width);
  return style(cameBack || rate === 0 ? 'red' : rate === 1 ? 'green' : 'yellow', padded);
}
