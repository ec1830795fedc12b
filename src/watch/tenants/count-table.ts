/** Counts of rows × columns. A count of a sample is an estimate; `seen` says how many were looked at. */
export interface CountTable {
  readonly rows: number;
  readonly columns: number;
  /** Row-major, 0 or more. */
  readonly values: readonly number[];
  /** Row-major, whole: what `values` were estimated from; equal to them where everything was counted. */
  readonly seen: readonly number[];
  /** Counts from 1 up to this are small. */
  readonly largestSmall: number;
}

/** A table with one more row and column for the totals. */
export interface TotaledTable {
  readonly rows: number;
  readonly columns: number;
  readonly values: readonly number[];
  readonly room: readonly Room[];
  /** What it costs to hide a cell; infinite for the total of all, which is known elsewhere. */
  readonly cost: readonly number[];
  /** Whether the cell is a row total or a column total, but not the grand total: it changes opposite to its cells. */
  readonly isTotal: readonly boolean[];
}

/** How far a small count must be free to move so that it can be any small count. */
interface Room {
  readonly isSmall: boolean;
  readonly up: number;
  readonly down: number;
}

/** More than any cells together, so that a total is hidden only where nothing else helps. */
const TOTAL_COST = 1e6;

export function margins({ rows, columns, values, seen, largestSmall }: CountTable): TotaledTable {
  const width = columns + 1;
  const all = withTotals(rows, columns, values);
  const allSeen = withTotals(rows, columns, seen);
  const traffic = all[rows * width + columns]!;
  const cost = all.map((value, cell) => {
    const row = Math.floor(cell / width);
    const column = cell % width;
    if (row === rows || column === columns)
      return row === rows && column === columns ? Number.POSITIVE_INFINITY : TOTAL_COST;
    // What the cell would hold if causes and tenants had nothing to do with each other; a 0 is worth showing.
    const usual = (all[row * width + columns]! * all[rows * width + column]!) / (traffic || 1);
    return 1 + usual + (value === 0 ? TOTAL_COST / 1000 : 0);
  });
  return {
    rows: rows + 1,
    columns: width,
    values: all,
    room: all.map((value, cell) => roomOf(value, allSeen[cell]!, largestSmall)),
    cost,
    isTotal: all.map(
      (_, cell) => (Math.floor(cell / width) === rows) !== (cell % width === columns),
    ),
  };
}

function roomOf(value: number, seen: number, largestSmall: number): Room {
  if (seen < 1 || seen > largestSmall) return { isSmall: false, up: 0, down: 0 };
  const each = value / seen;
  return { isSmall: true, up: each * (largestSmall - seen), down: each * (seen - 1) };
}

function withTotals(rows: number, columns: number, values: readonly number[]): number[] {
  const width = columns + 1;
  const all = Array<number>((rows + 1) * width).fill(0);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const value = values[row * columns + column]!;
      all[row * width + column]! = value;
      all[row * width + columns]! += value;
      all[rows * width + column]! += value;
      all[rows * width + columns]! += value;
    }
  return all;
}
