import { toShared } from '../array/to-shared.ts';
import { reserveMemory } from './reserve-memory.ts';

/**
 * Points laid out for distance blocks, followed by space for the ids and distances of `parts` concurrent blocks.
 * Plain data: shared points may be sent to workers, which open blocks on the same memory.
 */
export interface PlacedPoints {
  /** Memory of WebAssembly; `null` if there is none, or not enough: the TypeScript version is then used. */
  readonly memory: WebAssembly.Memory | null;
  /** n × stride, row-major, the columns beyond the points' own 0. */
  readonly rows: Float32Array;
  readonly n: number;
  readonly stride: number;
  /** Maximum number of ids on either side of a block. */
  readonly capacity: number;
  /** Maximum number of ids in a row. */
  readonly rowCapacity: number;
  /** Where the spare bytes begin, a multiple of 16; meaningless without memory. */
  readonly spareAt: number;
}

/** Bytes of one part behind the points: ids a, ids b, distances. */
export interface PartLayout {
  readonly side: number;
  readonly longest: number;
  readonly area: number;
  readonly bytes: number;
}

export interface PlaceOptions {
  readonly capacity: number;
  readonly rowCapacity: number;
  readonly parts: number;
  readonly isShared: boolean;
  /** Spare bytes, for use by others. */
  readonly spare?: number;
  /** Which rows, in which order; default all. */
  readonly order?: Int32Array;
}

/** Copies the points; `isShared` puts them where workers can see them. */
export function placePoints(
  points: Float32Array,
  n: number,
  dim: number,
  { capacity, rowCapacity, parts, isShared, spare = 0, order }: PlaceOptions,
): PlacedPoints {
  const stride = Math.ceil(dim / 4) * 4;
  const used = n * stride * 4 + parts * partLayout(capacity, rowCapacity).bytes;
  const spareAt = Math.ceil(used / 16) * 16;
  const memory = reserveMemory(spareAt + spare, isShared);
  const sizes = { n, capacity, rowCapacity, spareAt };
  if (memory === null) {
    const own = order ? gathered(points, n, dim, order) : points;
    return { ...sizes, memory, rows: isShared ? toShared(own) : own, stride: dim };
  }
  const rows = new Float32Array(memory.buffer, 0, n * stride);
  if (order || stride !== dim) copyRows(points, n, dim, order, rows, stride);
  else rows.set(points);
  return { ...sizes, memory, rows, stride };
}

export function partLayout(capacity: number, rowCapacity: number): PartLayout {
  const side = capacity + (capacity % 2);
  const longest = Math.max(side, Math.ceil(rowCapacity / 4) * 4);
  const area = Math.max(side * side, longest);
  return { side, longest, area, bytes: 4 * (side + longest + area) };
}

function gathered(points: Float32Array, n: number, dim: number, order: Int32Array): Float32Array {
  const rows = new Float32Array(n * dim);
  copyRows(points, n, dim, order, rows, dim);
  return rows;
}

function copyRows(
  points: Float32Array,
  n: number,
  dim: number,
  order: Int32Array | undefined,
  target: Float32Array,
  stride: number,
): void {
  for (let i = 0; i < n; i++) {
    const row = order ? order[i]! : i;
    target.set(points.subarray(row * dim, (row + 1) * dim), i * stride);
  }
}
