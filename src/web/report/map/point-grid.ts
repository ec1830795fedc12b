import type { Bounds } from './viewport.ts';

/** Points by cell, for picking: compressed rows, `cells[starts[c]…starts[c + 1]]` are the points of cell c. */
export interface PointGrid {
  readonly bounds: Bounds;
  readonly side: number;
  readonly starts: Uint32Array;
  readonly cells: Uint32Array;
  readonly positions: Float32Array;
}

export function createGrid(positions: Float32Array, bounds: Bounds): PointGrid {
  const n = positions.length / 2;
  const side = Math.max(1, Math.min(256, Math.ceil(Math.sqrt(n / 4))));
  const starts = new Uint32Array(side * side + 1);
  const cellOf = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i += 1) {
    const x = positions[2 * i] ?? Number.NaN;
    const y = positions[2 * i + 1] ?? Number.NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    const cell = row(bounds, side, y) * side + column(bounds, side, x);
    cellOf[i] = cell;
    starts[cell + 1] = (starts[cell + 1] ?? 0) + 1;
  }
  for (let c = 0; c < side * side; c += 1) starts[c + 1] = (starts[c + 1] ?? 0) + (starts[c] ?? 0);
  const next = starts.slice();
  const cells = new Uint32Array(starts[side * side] ?? 0);
  cellOf.forEach((cell, i) => {
    if (cell < 0) return;
    cells[next[cell] ?? 0] = i;
    next[cell] = (next[cell] ?? 0) + 1;
  });
  return { bounds, side, starts, cells, positions };
}

/** The nearest point within `radius` (data units) that `accept` accepts, or -1. Ties go to the lower index. */
export function nearest(
  grid: PointGrid,
  x: number,
  y: number,
  radius: number,
  accept: (i: number) => boolean = () => true,
): number {
  let best = -1;
  let bestSquare = radius * radius;
  visit(grid, x - radius, y - radius, x + radius, y + radius, (i) => {
    const dx = (grid.positions[2 * i] ?? 0) - x;
    const dy = (grid.positions[2 * i + 1] ?? 0) - y;
    const square = dx * dx + dy * dy;
    const closer = square < bestSquare || (square === bestSquare && (best === -1 || i < best));
    if (closer && accept(i)) {
      best = i;
      bestSquare = square;
    }
  });
  return best;
}

/** Visits every point of the cells that intersect the rectangle; some points may lie just outside it. */
function visit(
  grid: PointGrid,
  minX: number,
  minY: number,
  maxX: number,
  maxY: number,
  each: (i: number) => void,
): void {
  const { bounds, side } = grid;
  if (maxX < bounds.minX || minX > bounds.maxX || maxY < bounds.minY || minY > bounds.maxY) return;
  const lastRow = row(bounds, side, maxY);
  const lastColumn = column(bounds, side, maxX);
  for (let r = row(bounds, side, minY); r <= lastRow; r += 1) {
    for (let c = column(bounds, side, minX); c <= lastColumn; c += 1) {
      const end = grid.starts[r * side + c + 1] ?? 0;
      for (let k = grid.starts[r * side + c] ?? 0; k < end; k += 1) each(grid.cells[k] ?? 0);
    }
  }
}

const column = (bounds: Bounds, side: number, x: number): number =>
  cellAt((x - bounds.minX) / (bounds.maxX - bounds.minX), side);
const row = (bounds: Bounds, side: number, y: number): number =>
  cellAt((y - bounds.minY) / (bounds.maxY - bounds.minY), side);
const cellAt = (part: number, side: number): number =>
  Math.min(side - 1, Math.max(0, Math.floor((Number.isFinite(part) ? part : 0) * side)));
