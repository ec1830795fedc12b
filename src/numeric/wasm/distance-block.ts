import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { DISTANCE_BLOCK_BYTES } from './distance-block-bytes.ts';
import { loadModule } from './load-module.ts';
import { type PlacedPoints, partLayout, placePoints } from './placed-points.ts';
import { SHARED_DISTANCE_BLOCK_BYTES } from './shared-distance-block-bytes.ts';

/**
 * Squared Euclidean distances between listed rows, in float32, many at a call. Fill `a` and `b` with row numbers
 * (up to `capacity`), call, read `out`; all three are reused by the next call.
 *
 * Bodies: WebAssembly SIMD (a copy of the points, padded to 4 columns, is in its memory) and an equivalent TypeScript version.
 * At 256 columns: 50 ns a pair against 310 ns for the double-precision loop. Relative error at most `blockError(dim)`.
 * A pair has the same distance in either order, in any block and on any thread.
 */
export interface DistanceBlock {
  readonly capacity: number;
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly out: Float32Array;
  /** out[i × width + j] for a[i], b[j]; returns the width. With `triangle`, only j > i is set. */
  block(na: number, nb: number, triangle: boolean): number;
  /** out[j] for row and b[j]. `b` and `out` hold `rowCapacity` here. */
  row(row: number, nb: number): void;
  /** out[j] is positive where b[j] is nearer to `first` than to `second`, negative where it is farther; sizes as for `row`. */
  side(first: number, second: number, nb: number): void;
}

/** Bound of the relative error of a float32 sum of `dim` squares in four lanes. */
export function blockError(dim: number): number {
  return (dim / 4 + 8) * 2 ** -24;
}

/** A block on points of its own; the fastest body this host has. `rowCapacity` ids fit into `b` for `row`. */
export function createDistanceBlock(
  points: Float32Array,
  n: number,
  dim: number,
  capacity: number,
  rowCapacity = 0,
): DistanceBlock {
  return openBlock(
    placePoints(points, n, dim, { capacity, rowCapacity, parts: 1, isShared: false }),
    0,
  );
}

/** The block of one part of placed points. No two threads may hold the same part at once. */
export function openBlock(placed: PlacedPoints, part: number): DistanceBlock {
  return openWasmBlock(placed, part) ?? openPlainBlock(placed);
}

export function openPlainBlock({
  rows: points,
  stride: dim,
  capacity,
  rowCapacity,
}: PlacedPoints): DistanceBlock {
  const a = new Uint32Array(capacity);
  const b = new Uint32Array(Math.max(capacity, rowCapacity));
  const out = new Float32Array(Math.max(capacity * capacity, rowCapacity));
  return {
    capacity,
    a,
    b,
    out,
    block(na, nb, triangle) {
      for (let i = 0; i < na; i++)
        for (let j = triangle ? i + 1 : 0; j < nb; j++)
          out[i * nb + j] = squaredEuclidean(points, a[i]!, points, b[j]!, dim);
      return nb;
    },
    row(row, nb) {
      for (let j = 0; j < nb; j++) out[j] = squaredEuclidean(points, row, points, b[j]!, dim);
    },
    side(first, second, nb) {
      const p = first * dim;
      const q = second * dim;
      for (let j = 0; j < nb; j++) {
        const x = b[j]! * dim;
        let sum = 0;
        for (let c = 0; c < dim; c++)
          sum +=
            (points[p + c]! - points[q + c]!) *
            (points[x + c]! - (points[p + c]! + points[q + c]!) / 2);
        out[j] = sum;
      }
    },
  };
}

interface Exports {
  block(
    points: number,
    bytes: number,
    a: number,
    na: number,
    b: number,
    nb: number,
    out: number,
    triangle: number,
  ): void;
  row(points: number, bytes: number, row: number, b: number, nb: number, out: number): void;
  side(
    points: number,
    bytes: number,
    first: number,
    second: number,
    b: number,
    nb: number,
    out: number,
  ): void;
}

/** `null` where there is no WebAssembly SIMD or the points are not in its memory. */
export function openWasmBlock(placed: PlacedPoints, part: number): DistanceBlock | null {
  const { memory, n, stride, capacity, rowCapacity } = placed;
  const exports =
    memory && loadModule<Exports>(memory, DISTANCE_BLOCK_BYTES, SHARED_DISTANCE_BLOCK_BYTES);
  if (!exports) return null;
  const { side, longest, area, bytes } = partLayout(capacity, rowCapacity);
  const aAt = n * stride * 4 + part * bytes;
  const bAt = aAt + side * 4;
  const outAt = bAt + longest * 4;
  const a = new Uint32Array(memory.buffer, aAt, side);
  const b = new Uint32Array(memory.buffer, bAt, longest);
  const out = new Float32Array(memory.buffer, outAt, area);
  const padRow = (nb: number): number => {
    const padded = Math.ceil(nb / 4) * 4;
    for (let j = nb; j < padded; j++) b[j] = b[nb - 1]!;
    return padded;
  };
  return {
    capacity,
    a,
    b,
    out,
    block(na, nb, triangle) {
      if (na === 0 || nb === 0) return nb;
      if (na % 2 === 1) a[na] = a[na - 1]!;
      if (nb % 2 === 1) b[nb] = b[nb - 1]!;
      exports.block(0, stride * 4, aAt, even(na), bAt, even(nb), outAt, triangle ? 1 : 0);
      return even(nb);
    },
    row(row, nb) {
      if (nb > 0) exports.row(0, stride * 4, row, bAt, padRow(nb), outAt);
    },
    side(first, second, nb) {
      if (nb > 0) exports.side(0, stride * 4, first, second, bAt, padRow(nb), outAt);
    },
  };
}

function even(count: number): number {
  return count + (count % 2);
}
