import type { PlacedPoints } from './placed-points.ts';

/**
 * Rows less their mean, rounded to 16-bit integers: squared distances between them are exact integers of 32 bits, computed eight
 * columns at a time. At 256 columns a pair takes 11 ns against 50 ns in floats.
 */
export interface Lattice {
  /** Bytes in the memory where the rows begin. */
  readonly rowsAt: number;
  /** Where their squared lengths begin. */
  readonly normsAt: number;
  /** A multiple of 16; the added ones are 0. */
  readonly columns: number;
  /** Steps of the lattice in a unit of length. */
  readonly perUnit: number;
  /** How far rounding can move the distance of any two rows, in steps. */
  readonly slack: number;
}

/** Longest row: a difference of two is then no longer than √(2³¹). */
const LONGEST = 23_169;

export function latticeBytes(n: number, dim: number): number {
  return n * (columnsOf(dim) * 2 + 4);
}

/** Rounds the placed rows, which are not all equal, into the memory from `at` on. Cost: three passes. */
export function fillLattice({ memory, rows, n, stride }: PlacedPoints, at: number): Lattice {
  const columns = columnsOf(stride);
  const normsAt = at + n * columns * 2;
  const lattice = new Int16Array(memory!.buffer, at, n * columns);
  const norms = new Int32Array(memory!.buffer, normsAt, n);
  const middle = meanRow(rows, n, stride);
  const longest = LONGEST - Math.ceil(Math.sqrt(columns));
  const perUnit = longest / Math.sqrt(longestSquared(rows, n, stride, middle));
  let most = 0;
  for (let row = 0; row < n; row++) {
    const from = row * stride;
    const to = row * columns;
    let norm = 0;
    let error = 0;
    for (let c = 0; c < stride; c++) {
      const exact = (rows[from + c]! - middle[c]!) * perUnit;
      const step = Math.floor(exact + 0.5);
      lattice[to + c] = step;
      norm += step * step;
      error += (exact - step) * (exact - step);
    }
    norms[row] = norm;
    if (error > most) most = error;
  }
  return { rowsAt: at, normsAt, columns, perUnit, slack: 2 * Math.sqrt(most) };
}

function columnsOf(dim: number): number {
  return Math.ceil(dim / 16) * 16;
}

function meanRow(rows: Float32Array, n: number, stride: number): Float64Array {
  const mean = new Float64Array(stride);
  for (let row = 0; row < n; row++)
    for (let c = 0; c < stride; c++) mean[c] = mean[c]! + rows[row * stride + c]!;
  return mean.map((sum) => sum / n);
}

function longestSquared(
  rows: Float32Array,
  n: number,
  stride: number,
  middle: Float64Array,
): number {
  let most = 0;
  for (let row = 0; row < n; row++) {
    let squared = 0;
    for (let c = 0; c < stride; c++) squared += (rows[row * stride + c]! - middle[c]!) ** 2;
    if (squared > most) most = squared;
  }
  return most;
}
