import { toShared } from '../array/to-shared.ts';
/**
 * Points laid out for distance blocks, with room behind them for the ids and distances of `parts` blocks at work at once.
 * Plain data: shared points may be sent to workers, which open blocks on the same memory.
 */
export interface PlacedPoints {
  /** Of WebAssembly; `null` where there is none, or not enough, and the TypeScript twin is used. */
  readonly memory: WebAssembly.Memory | null;
  /** n × stride, row-major, the columns beyond the points' own 0. */
  readonly rows: Float32Array;
  readonly n: number;
  readonly stride: number;
  /** Most ids on either side of a block. */
  readonly capacity: number;
  /** Most ids of a row. */
  readonly rowCapacity: number;
}

/** Bytes of one part behind the points: ids a, ids b, distances. */
export interface PartLayout {
  readonly side: number;
  readonly longest: number;
  readonly area: number;
  readonly bytes: number;
}

const PAGE = 65_536;
const MOST_PAGES = 65_536;

/** Copies the points; `isShared` puts them where workers see them. */
export function placePoints(
  points: Float32Array,
  n: number,
  dim: number,
  capacity: number,
  rowCapacity: number,
  parts: number,
  isShared: boolean,
): PlacedPoints {
  const stride = Math.ceil(dim / 4) * 4;
  const sizes = { n, capacity, rowCapacity };
  const bytes = n * stride * 4 + parts * partLayout(capacity, rowCapacity).bytes;
  const memory = reserve(Math.ceil(bytes / PAGE), isShared);
  if (memory === null) {
    const rows = isShared ? toShared(points) : points;
    return { ...sizes, memory, rows, stride: dim };
  }
  const rows = new Float32Array(memory.buffer, 0, n * stride);
  copyPadded(points, n, dim, rows, stride);
  return { ...sizes, memory, rows, stride };
}

export function partLayout(capacity: number, rowCapacity: number): PartLayout {
  const side = capacity + (capacity % 2);
  const longest = Math.max(side, Math.ceil(rowCapacity / 4) * 4);
  const area = Math.max(side * side, longest);
  return { side, longest, area, bytes: 4 * (side + longest + area) };
}

function reserve(pages: number, isShared: boolean): WebAssembly.Memory | null {
  if (pages > MOST_PAGES || typeof WebAssembly === 'undefined') return null;
  try {
    // Memory that is shared must say its most; the module asks for no less than this.
    return new WebAssembly.Memory(
      isShared
        ? { initial: pages, maximum: MOST_PAGES, shared: true }
        : { initial: pages, maximum: pages },
    );
  } catch {
    return null;
  }
}

function copyPadded(
  points: Float32Array,
  n: number,
  dim: number,
  target: Float32Array,
  stride: number,
): void {
  if (stride === dim) target.set(points);
  else for (let i = 0; i < n; i++) target.set(points.subarray(i * dim, (i + 1) * dim), i * stride);
}
