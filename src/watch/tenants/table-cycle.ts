import type { TotaledTable } from './count-table.ts';

/**
 * Cells of which every second one grows while the others shrink by as much, so that no total shows it. Rows and columns are
 * the nodes of a graph, cells its edges; totals change opposite to what they add up.
 */
export interface Cycle {
  readonly cells: readonly number[];
  /** +1 where the count grows, -1 where it shrinks. */
  readonly signs: readonly number[];
  /** How far, before a count would become negative. */
  readonly capacity: number;
}

export interface Push {
  readonly cycle: Cycle;
  readonly amount: number;
}

/** How much each count of the table has been changed. */
export interface Change {
  readonly amounts: Float64Array;
}

export const noChange = ({ values }: TotaledTable): Change => ({
  amounts: new Float64Array(values.length),
});

export function pushAlong({ amounts }: Change, { cycle: { cells, signs }, amount }: Push): void {
  for (const [at, cell] of cells.entries()) amounts[cell]! += signs[at]! * amount;
}

/**
 * The cheapest cycle through `cell` along which its count can still move in `direction`; null where there is none.
 * Dijkstra's shortest path on the complete bipartite graph of rows and columns.
 */
export function cheapestCycle(
  table: TotaledTable,
  { amounts }: Change,
  cell: number,
  direction: 1 | -1,
  costOf: (cell: number) => number,
): Cycle | null {
  const { rows, columns, values, isTotal } = table;
  const nodes = rows + columns;
  // A step from row to column goes with the sign of the cell, one from column to row against it.
  const signOf = (other: number, fromRow: boolean): 1 | -1 => (fromRow !== isTotal[other] ? 1 : -1);
  const roomOf = (other: number, sign: 1 | -1): number =>
    sign === 1 ? Number.POSITIVE_INFINITY : values[other]! + amounts[other]!;

  const row = Math.floor(cell / columns);
  const column = rows + (cell % columns);
  const [start, end] = signOf(cell, true) === direction ? [column, row] : [row, column];
  const distance = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY);
  const through = new Int32Array(nodes).fill(-1);
  const done = new Uint8Array(nodes);
  distance[start] = 0;
  for (;;) {
    const node = nearestOpen(distance, done);
    if (node === -1) return null;
    if (node === end) break;
    done[node] = 1;
    const fromRow = node < rows;
    for (let next = fromRow ? rows : 0; next < (fromRow ? nodes : rows); next += 1) {
      if (done[next] === 1) continue;
      const other = fromRow ? node * columns + (next - rows) : next * columns + (node - rows);
      if (other === cell || roomOf(other, signOf(other, fromRow)) <= LEAST) continue;
      const reached = distance[node]! + costOf(other);
      if (!(reached < distance[next]!)) continue;
      distance[next] = reached;
      through[next] = other;
    }
  }

  const cells = [cell];
  const signs: number[] = [direction];
  let capacity = roomOf(cell, direction);
  for (let node = end; node !== start; ) {
    const other = through[node]!;
    const fromRow = node >= rows;
    const sign = signOf(other, fromRow);
    cells.push(other);
    signs.push(sign);
    capacity = Math.min(capacity, roomOf(other, sign));
    node = fromRow ? Math.floor(other / columns) : rows + (other % columns);
  }
  return { cells, signs, capacity };
}

/** Rounding of estimated counts. */
const LEAST = 1e-9;

function nearestOpen(distance: Float64Array, done: Uint8Array): number {
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let node = 0; node < distance.length; node += 1) {
    if (done[node] === 1 || distance[node]! >= least) continue;
    nearest = node;
    least = distance[node]!;
  }
  return nearest;
}
