import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { blockError, openBlock } from './distance-block.ts';
import type { Lattice } from './lattice.ts';
import { loadModule } from './load-module.ts';
import { PAIR_FINDER_BYTES } from './pair-finder-bytes.ts';
import type { SearchPoints } from './search-layout.ts';
import { SHARED_PAIR_FINDER_BYTES } from './shared-pair-finder-bytes.ts';

/**
 * Finds the near ones among pairs of listed rows. Fill `a` and `b` with row numbers (up to `capacity`) and the bounds beside them,
 * call, read what was found; all arrays are reused by the next call.
 *
 * Distances are squared and in the finder's own unit (`mostFound`, `leastTrue`): lattice steps, or those of the points.
 * A pair has the same distance in either order, in any call and on any thread.
 * Bodies: WebAssembly on the lattice, the float block of distances where the lattice is too coarse.
 */
export interface PairFinder {
  readonly capacity: number;
  readonly a: Uint32Array;
  readonly aBounds: Float32Array;
  readonly b: Uint32Array;
  readonly bBounds: Float32Array;
  /** Of what was found: its places in a and b as i × 65,536 + j. */
  readonly pairs: Uint32Array;
  readonly distances: Float32Array;
  /** Lists the pairs that are no farther apart than the wider of their bounds; returns how many. With `triangle`, only j > i. */
  find(na: number, nb: number, triangle: boolean): number;
  /** distances[j] is positive where b[j] is nearer to `first` than to `second`; b and distances hold `rowCapacity` here. */
  side(first: number, second: number, count: number): void;
  /** Row numbers for `measure`. */
  readonly ids: Uint32Array;
  /** Squared distances in double precision of `row` from the first `count` of `ids`. */
  measure(row: number, count: number): Float64Array;
}

/** Below this, float32 squares lose digits. */
const TINY = 1e-30;
/** Of a lattice distance given as float32. */
const LATTICE_ERROR = 2 ** -22;

/** A squared distance in the finder's unit. */
export function scaled({ lattice }: SearchPoints, squared: number): number {
  return lattice ? squared * lattice.perUnit ** 2 : squared;
}

/** No pair whose true squared distance is at most this is found farther away than the result. */
export function mostFound({ lattice, stride }: SearchPoints, squared: number): number {
  if (!lattice) return squared * (1 + 2 * blockError(stride)) + TINY;
  return (Math.sqrt(squared) * lattice.perUnit + lattice.slack) ** 2 * (1 + LATTICE_ERROR);
}

/** No pair that is found at this distance or farther has a true squared distance below the result. */
export function leastTrue({ lattice, stride }: SearchPoints, found: number): number {
  if (!lattice) return found < TINY ? 0 : found / (1 + 2 * blockError(stride));
  const steps = Math.sqrt(found * (1 - LATTICE_ERROR)) - lattice.slack;
  return steps > 0 ? (steps / lattice.perUnit) ** 2 * (1 - LATTICE_ERROR) : 0;
}

/** The finder of one part. No two threads may hold the same part at once. */
export function openFinder(points: SearchPoints, part: number): PairFinder {
  return (
    (points.lattice && openLatticeFinder(points, points.lattice, part)) ??
    openFloatFinder(points, part)
  );
}

interface Exports {
  find(
    rows: number,
    norms: number,
    bytes: number,
    aIds: number,
    aBounds: number,
    na: number,
    bIds: number,
    bBounds: number,
    nb: number,
    triangle: number,
    pairs: number,
    distances: number,
  ): number;
  side(
    rows: number,
    norms: number,
    bytes: number,
    first: number,
    second: number,
    ids: number,
    count: number,
    out: number,
  ): void;
  measure(
    points: number,
    bytes: number,
    row: number,
    ids: number,
    count: number,
    out: number,
  ): void;
}

/** Bytes of one part: measured distances, ids a, bounds a, ids to measure, bounds b, pairs, ids b, distances. */
export function finderBytes(capacity: number, rowCapacity: number): number {
  const { side, longest, area } = layout(capacity, rowCapacity);
  return 24 * side + 4 * side * side + 4 * longest + 4 * area;
}

function layout(
  capacity: number,
  rowCapacity: number,
): { side: number; longest: number; area: number } {
  const side = Math.ceil(capacity / 4) * 4;
  const longest = Math.max(side, Math.ceil(rowCapacity / 4) * 4);
  return { side, longest, area: Math.max(side * side + 8, longest) };
}

/** `null` where there is no WebAssembly SIMD. */
function openLatticeFinder(
  { memory, stride, capacity, rowCapacity, spareAt }: SearchPoints,
  { rowsAt, normsAt, columns }: Lattice,
  part: number,
): PairFinder | null {
  const exports =
    memory && loadModule<Exports>(memory, PAIR_FINDER_BYTES, SHARED_PAIR_FINDER_BYTES);
  if (!exports) return null;
  const { side, longest, area } = layout(capacity, rowCapacity);
  const at = spareAt + part * finderBytes(capacity, rowCapacity);
  const aAt = at + 8 * side;
  const aBoundsAt = aAt + 4 * side;
  const idsAt = aBoundsAt + 4 * side;
  const bBoundsAt = idsAt + 4 * side;
  const pairsAt = bBoundsAt + 4 * side;
  const bAt = pairsAt + 4 * side * side;
  const distancesAt = bAt + 4 * longest;
  const out = new Float64Array(memory.buffer, at, side);
  const a = new Uint32Array(memory.buffer, aAt, side);
  const aBounds = new Float32Array(memory.buffer, aBoundsAt, side);
  const b = new Uint32Array(memory.buffer, bAt, longest);
  const bBounds = new Float32Array(memory.buffer, bBoundsAt, side);
  const ids = new Uint32Array(memory.buffer, idsAt, side);
  return {
    capacity,
    a,
    aBounds,
    b,
    bBounds,
    ids,
    pairs: new Uint32Array(memory.buffer, pairsAt, side * side),
    distances: new Float32Array(memory.buffer, distancesAt, area),
    find(na, nb, triangle) {
      if (na === 0 || nb === 0) return 0;
      if (na % 2 === 1) a[na] = a[na - 1]!;
      for (let j = nb; j % 4 !== 0; j++) b[j] = b[nb - 1]!;
      return exports.find(
        rowsAt,
        normsAt,
        columns * 2,
        aAt,
        aBoundsAt,
        na,
        bAt,
        bBoundsAt,
        nb,
        triangle ? 1 : 0,
        pairsAt,
        distancesAt,
      );
    },
    side(first, second, count) {
      const four = Math.ceil(count / 4) * 4;
      for (let j = count; j < four; j++) b[j] = b[count - 1]!;
      exports.side(rowsAt, normsAt, columns * 2, first, second, bAt, four, distancesAt);
    },
    measure(row, count) {
      if (count % 2 === 1) ids[count] = ids[count - 1]!;
      exports.measure(0, stride * 4, row, idsAt, count, at);
      return out;
    },
  };
}

function openFloatFinder(points: SearchPoints, part: number): PairFinder {
  const { rows, stride } = points;
  const { a, b, out, block, side, capacity } = openBlock(points, part);
  const aBounds = new Float32Array(capacity);
  const bBounds = new Float32Array(capacity);
  const pairs = new Uint32Array(capacity * capacity);
  const distances = new Float32Array(Math.max(capacity * capacity, points.rowCapacity));
  const ids = new Uint32Array(capacity);
  const exact = new Float64Array(capacity);
  return {
    capacity,
    a,
    aBounds,
    b,
    bBounds,
    pairs,
    distances,
    ids,
    find(na, nb, triangle) {
      const width = block(na, nb, triangle);
      let found = 0;
      for (let i = 0; i < na; i++) {
        const bound = aBounds[i]!;
        for (let j = triangle ? i + 1 : 0; j < nb; j++) {
          const squared = out[i * width + j]!;
          if (squared > bound && squared > bBounds[j]!) continue;
          pairs[found] = (i << 16) | j;
          distances[found++] = squared;
        }
      }
      return found;
    },
    side(first, second, count) {
      side(first, second, count);
      distances.set(out.subarray(0, count));
    },
    measure(row, count) {
      for (let j = 0; j < count; j++) exact[j] = squaredEuclidean(rows, row, rows, ids[j]!, stride);
      return exact;
    },
  };
}
