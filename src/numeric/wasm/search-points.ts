import { openBlock } from './distance-block.ts';
import { fillLattice, type Lattice, latticeBytes } from './lattice.ts';
import { finderBytes } from './pair-finder.ts';
import { type PlacedPoints, placePoints } from './placed-points.ts';
import type { SearchPoints } from './search-layout.ts';

/** Copies `count` rows of the points, in the given order (default all as they are), for `parts` finders at once. */
export function placeForSearch(
  points: Float32Array,
  count: number,
  dim: number,
  capacity: number,
  rowCapacity: number,
  parts: number,
  isShared: boolean,
  order?: Int32Array,
): SearchPoints {
  const sizes = { capacity, rowCapacity, parts, isShared, ...(order && { order }) };
  const finders = parts * finderBytes(capacity, rowCapacity);
  const spare = finders + latticeBytes(count, dim);
  const placed = placePoints(points, count, dim, { ...sizes, spare });
  if (count < 2) return { ...placed, lattice: null };
  // If both do not fit, the floats alone may.
  if (placed.memory === null) return { ...placePoints(points, count, dim, sizes), lattice: null };
  const lattice = fillLattice(placed, placed.spareAt + finders);
  return { ...placed, lattice: isFine(placed, lattice) ? lattice : null };
}

const SAMPLE = 16;
/** How far rounding may typically move the distance of near neighbors, as a share of that distance. */
const MOST_SHIFT = 0.01;

/** Whether rounding is small compared with the distance to the nearest other row: false if a few rows lie far from all others. */
function isFine(placed: PlacedPoints, { columns, perUnit }: Lattice): boolean {
  const { a, b, out, block, capacity } = openBlock(placed, 0);
  const { n } = placed;
  const sample = Math.min(SAMPLE, n);
  const nearest = new Float32Array(sample).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < sample; i++) a[i] = Math.floor((i * n) / sample);
  for (let left = 0; left < n; left += capacity) {
    const count = Math.min(capacity, n - left);
    for (let j = 0; j < count; j++) b[j] = left + j;
    const width = block(sample, count, false);
    for (let i = 0; i < sample; i++)
      for (let j = 0; j < count; j++)
        if (left + j !== a[i]) nearest[i] = Math.min(nearest[i]!, out[i * width + j]!);
  }
  const typical = Math.sqrt(nearest.sort()[sample >> 1]!);
  return Math.sqrt(columns / 6) / perUnit <= MOST_SHIFT * typical;
}
