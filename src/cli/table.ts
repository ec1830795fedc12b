import Table from 'cli-table3';
import { style } from './style.ts';

export interface Column<Row, Room> {
  readonly head: string;
  /** With two spaces at its end; 0 for the column that takes what is left. */
  readonly width: number;
  /** A narrow terminal leaves out those that have a number, the lowest first. */
  readonly leaves?: number;
  readonly cell: (row: Row, width: number, room: Room) => string;
}

const NARROWEST = 26;
const WIDEST = 140;

/** Rows in columns without rules, as wide as the terminal; `room.width` are its columns. */
export function table<Row, Room extends { readonly width: number }>(
  rows: readonly Row[],
  room: Room,
  all: readonly Column<Row, Room>[],
): string {
  const { columns, left } = fitting(room.width, all);
  const widths = columns.map(({ width }) => (width === 0 ? left : width));
  const lines = new Table({
    head: columns.some(({ head }) => head !== '')
      ? columns.map(({ head }) => style('dim', head))
      : [],
    colWidths: widths,
    chars: BARE,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  for (const row of rows)
    lines.push(columns.map(({ cell }, index) => cell(row, widths[index]! - 2, room)));
  return lines.toString();
}

function fitting<Row, Room>(
  width: number,
  all: readonly Column<Row, Room>[],
): { readonly columns: readonly Column<Row, Room>[]; readonly left: number } {
  const room = Math.min(width, WIDEST) - 2;
  const optional = all.flatMap(({ leaves }) => leaves ?? []).sort((a, b) => a - b);
  for (const least of [0, ...optional]) {
    const columns = all.filter(({ leaves = Number.POSITIVE_INFINITY }) => leaves > least);
    const left = room - columns.reduce((sum, column) => sum + column.width, 0);
    if (left >= NARROWEST || least === (optional.at(-1) ?? 0))
      return { columns, left: Math.max(NARROWEST, left) };
  }
  return { columns: all, left: NARROWEST };
}

const EDGES = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
  'middle',
];
const BARE = Object.fromEntries(EDGES.map((edge) => [edge, '']));
