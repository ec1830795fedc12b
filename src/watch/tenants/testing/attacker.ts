/** What an attacker sees of a table with totals, which are the last row and column. */
export interface Extended {
  readonly rows: number;
  readonly columns: number;
  readonly values: readonly number[];
  readonly hidden: readonly boolean[];
}

export function extended(
  values: readonly (readonly number[])[],
  isHidden: (row: number, column: number) => boolean,
): Extended {
  const withTotal = values.map((row) => [...row, row.reduce((sum, each) => sum + each, 0)]);
  const totals = withTotal[0]!.map((_, column) =>
    withTotal.reduce((sum, row) => sum + row[column]!, 0),
  );
  const all = [...withTotal, totals];
  return {
    rows: all.length,
    columns: totals.length,
    values: all.flat(),
    hidden: all.flatMap((row, at) => row.map((_, column) => isHidden(at, column))),
  };
}

/** The equations that the cells of a table satisfy: each row and each column adds up to its last cell. */
function equations({ rows, columns }: Extended): number[][] {
  const found: number[][] = [];
  for (let row = 0; row < rows; row += 1) {
    const each = Array<number>(rows * columns).fill(0);
    for (let column = 0; column < columns; column += 1)
      each[row * columns + column] = column === columns - 1 ? -1 : 1;
    found.push(each);
  }
  for (let column = 0; column < columns; column += 1) {
    const each = Array<number>(rows * columns).fill(0);
    for (let row = 0; row < rows; row += 1)
      each[row * columns + column] = row === rows - 1 ? -1 : 1;
    found.push(each);
  }
  return found;
}

/**
 * By brute force: the values from 0 to `most` + 1 that a hidden cell can have, in tables of whole numbers from 0 on that
 * agree with every shown count and add up. Hidden cells are tried up to `ceiling`.
 */
export function feasibleValues(
  table: Extended,
  cell: number,
  most: number,
  ceiling = 60,
): ReadonlySet<number> {
  const possible = new Set<number>();
  for (let value = 0; value <= most + 1; value += 1)
    if (canBe(table, cell, value, ceiling)) possible.add(value);
  return possible;
}

/** Whether the hidden cells can be filled so that everything adds up, with this value in one of them: depth first with bounds. */
function canBe(table: Extended, cell: number, value: number, ceiling: number): boolean {
  const system = equations(table);
  const low = table.values.map((each, at) => (table.hidden[at] ? 0 : each));
  const high = table.values.map((each, at) => (table.hidden[at] ? ceiling : each));
  low[cell] = value;
  high[cell] = value;
  return isFeasible(system, low, high);
}

function isFeasible(system: readonly number[][], low: number[], high: number[]): boolean {
  if (!tighten(system, low, high)) return false;
  let open = -1;
  for (let cell = 0; cell < low.length; cell += 1)
    if (
      low[cell]! < high[cell]! &&
      (open < 0 || high[cell]! - low[cell]! < high[open]! - low[open]!)
    )
      open = cell;
  if (open < 0) return true;
  for (let value = low[open]!; value <= high[open]!; value += 1) {
    const [lower, upper] = [[...low], [...high]];
    lower[open] = value;
    upper[open] = value;
    if (isFeasible(system, lower, upper)) return true;
  }
  return false;
}

/** Narrows the bounds by each equation until nothing changes; false where one cannot be satisfied. */
function tighten(system: readonly number[][], low: number[], high: number[]): boolean {
  for (let changed = true; changed; ) {
    changed = false;
    for (const equation of system) {
      let least = 0;
      let most = 0;
      for (const [cell, factor] of equation.entries()) {
        least += factor > 0 ? low[cell]! * factor : high[cell]! * factor;
        most += factor > 0 ? high[cell]! * factor : low[cell]! * factor;
      }
      if (least > 0 || most < 0) return false;
      for (const [cell, factor] of equation.entries()) {
        if (factor === 0 || low[cell] === high[cell]) continue;
        const others =
          factor > 0
            ? [least - low[cell]!, most - high[cell]!]
            : [least + high[cell]!, most + low[cell]!];
        const [floor, ceil] = factor > 0 ? [-others[1]!, -others[0]!] : [others[0]!, others[1]!];
        if (floor > low[cell]!) {
          low[cell] = floor;
          changed = true;
        }
        if (ceil < high[cell]!) {
          high[cell] = ceil;
          changed = true;
        }
        if (low[cell]! > high[cell]!) return false;
        if (changed) break;
      }
      if (changed) break;
    }
  }
  return true;
}

/**
 * Hidden cells whose value follows from the shown ones by adding and subtracting: those that every solution of the
 * equations agrees on, by Gaussian elimination.
 */
export function determined(table: Extended): ReadonlySet<number> {
  const open = table.hidden.flatMap((each, cell) => (each ? [cell] : []));
  const system = equations(table).map((equation) => open.map((cell) => equation[cell]!));
  const pivots: number[] = [];
  let row = 0;
  for (let column = 0; column < open.length && row < system.length; column += 1) {
    const pivot = system.findIndex(
      (equation, at) => at >= row && Math.abs(equation[column]!) > 1e-9,
    );
    if (pivot < 0) continue;
    [system[row], system[pivot]] = [system[pivot]!, system[row]!];
    const lead = system[row]![column]!;
    system[row] = system[row]!.map((each) => each / lead);
    for (const [at, equation] of system.entries()) {
      const factor = at === row ? 0 : equation[column]!;
      if (Math.abs(factor) > 1e-12)
        system[at] = equation.map((each, index) => each - factor * system[row]![index]!);
    }
    pivots[row] = column;
    row += 1;
  }
  return new Set(
    pivots.flatMap((column, at) => {
      const isAlone = system[at]!.every((each, index) => index === column || Math.abs(each) < 1e-9);
      return isAlone ? [open[column]!] : [];
    }),
  );
}

/**
 * Least and greatest value of a hidden cell, no further than 0 and `most`, over all tables without negative counts: by
 * pushing one unit after the other around cycles of hidden cells (breadth first, Edmonds and Karp).
 */
export function rangeOf(table: Extended, cell: number, most: number): readonly [number, number] {
  const value = table.values[cell]!;
  const down = value - pushed(table, cell, -1, value);
  const up = value + pushed(table, cell, 1, most - value);
  return [down, up];
}

function pushed(table: Extended, cell: number, direction: 1 | -1, units: number): number {
  const { rows, columns } = table;
  const values = [...table.values];
  const isTotal = (other: number): boolean =>
    (Math.floor(other / columns) === rows - 1) !== (other % columns === columns - 1);
  let moved = 0;
  for (; moved < units; moved += 1) {
    const row = Math.floor(cell / columns);
    const column = rows + (cell % columns);
    const forward = (direction === 1) !== isTotal(cell);
    const [start, end] = forward ? [column, row] : [row, column];
    const through = new Map<
      number,
      { readonly other: number; readonly sign: 1 | -1; readonly from: number }
    >();
    const queue = [start];
    const seen = new Set(queue);
    for (const node of queue) {
      const fromRow = node < rows;
      for (let step = 0; step < (fromRow ? columns : rows); step += 1) {
        const other = fromRow ? node * columns + step : step * columns + (node - rows);
        const next = fromRow ? rows + step : step;
        if (seen.has(next) || other === cell || !table.hidden[other]) continue;
        const sign = fromRow !== isTotal(other) ? 1 : -1;
        if (sign === -1 && values[other]! < 1) continue;
        seen.add(next);
        through.set(next, { other, sign, from: node });
        queue.push(next);
      }
    }
    if (!seen.has(end)) break;
    for (let node = end; node !== start; ) {
      const { other, sign, from } = through.get(node)!;
      values[other]! += sign;
      node = from;
    }
    values[cell]! += direction;
  }
  return moved;
}
