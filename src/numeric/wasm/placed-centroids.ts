import { reserveMemory } from './reserve-memory.ts';
/**
 * Points laid out beside the centroids of k-means, and what is known of each point between rounds. Plain data: when shared it may be sent
 * to workers, each of which writes its own rows.
 */
export interface PlacedCentroids {
  /** Memory of WebAssembly; `null` if there is none, or not enough: the TypeScript version is then used. */
  readonly memory: WebAssembly.Memory | null;
  readonly n: number;
  readonly dim: number;
  /** Columns of a row in memory; those beyond `dim` are 0. */
  readonly stride: number;
  readonly k: number;
  /** Centroids that are measured, a multiple of 4; those beyond `k` are 0. */
  readonly width: number;
  readonly hasBounds: boolean;
  /** n × stride. */
  readonly rows: Float32Array;
  /** `width` or `CANDIDATES`, if that is more, × stride. */
  readonly centroids: Float32Array;
  /** The cluster of each point. */
  readonly labels: Int32Array;
  /** An upper bound of the distance to the assigned centroid, less `moved` of that centroid. */
  readonly upper: Float64Array;
  /** How far each centroid has moved in all rounds; the second in float32, infinite beyond `k`. */
  readonly moved: Float64Array;
  readonly movedFloat: Float32Array;
  /** n × width lower bounds of the distance to each centroid, plus `moved`; n × `CANDIDATES` squared distances during seeding. */
  readonly table: Float32Array;
}

/** Number of centers that k-means++ compares at a time. */
export const CANDIDATES = 8;

/** Byte offsets in memory; the scratch memory of each part comes last. */
export interface CentroidLayout {
  readonly centroids: number;
  readonly upper: number;
  readonly moved: number;
  readonly labels: number;
  readonly movedFloat: number;
  readonly table: number;
  /** 0 … width − 1. */
  readonly identity: number;
  readonly scratch: number;
  readonly scratchBytes: number;
}

/** Bounds of more than this many pairs of point and centroid are not kept: 256 MB. */
const MOST_BOUNDS = 2 ** 26;

/** Copies the points. `parts` is how many threads may work at once; `isShared` puts everything where workers can see it. */
export function placeCentroids(
  points: Float32Array,
  n: number,
  dim: number,
  k: number,
  parts: number,
  isShared: boolean,
  mostBounds: number = MOST_BOUNDS,
): PlacedCentroids {
  const stride = Math.ceil(dim / 4) * 4;
  const width = Math.ceil(k / 4) * 4;
  const hasBounds = n * width <= mostBounds;
  const layout = centroidLayout({ n, stride, width, hasBounds });
  const memory = reserveMemory(layout.scratch + parts * layout.scratchBytes, isShared);
  const buffer = memory?.buffer ?? plainBuffer(layout.scratch, isShared);
  const rows = new Float32Array(buffer, 0, n * stride);
  for (let row = 0; row < n; row++)
    rows.set(points.subarray(row * dim, (row + 1) * dim), row * stride);
  const identity = new Uint32Array(buffer, layout.identity, width);
  for (let centroid = 0; centroid < width; centroid++) identity[centroid] = centroid;
  const movedFloat = new Float32Array(buffer, layout.movedFloat, width);
  movedFloat.fill(Number.POSITIVE_INFINITY, k);
  return {
    memory,
    n,
    dim,
    stride,
    k,
    width,
    hasBounds,
    rows,
    centroids: new Float32Array(buffer, layout.centroids, atLeastCandidates(width) * stride),
    labels: new Int32Array(buffer, layout.labels, n),
    upper: new Float64Array(buffer, layout.upper, n),
    moved: new Float64Array(buffer, layout.moved, width),
    movedFloat,
    table: new Float32Array(buffer, layout.table, n * tableWidth(width, hasBounds)),
  };
}

type Sizes = Pick<PlacedCentroids, 'n' | 'stride' | 'width' | 'hasBounds'>;

export function centroidLayout({ n, stride, width, hasBounds }: Sizes): CentroidLayout {
  let end = n * stride * 4;
  const take = (bytes: number): number => {
    const start = end;
    end = Math.ceil((start + bytes) / 16) * 16;
    return start;
  };
  return {
    centroids: take(atLeastCandidates(width) * stride * 4),
    upper: take(n * 8),
    moved: take(width * 8),
    labels: take(n * 4),
    movedFloat: take(width * 4),
    table: take(n * tableWidth(width, hasBounds) * 4),
    identity: take(width * 4),
    scratch: end,
    // Ids and distances of two rows, with space for padding.
    scratchBytes: (3 * width + 8) * 4,
  };
}

const atLeastCandidates = (width: number): number => Math.max(width, CANDIDATES);

const tableWidth = (width: number, hasBounds: boolean): number =>
  hasBounds ? atLeastCandidates(width) : CANDIDATES;

const plainBuffer = (bytes: number, isShared: boolean): ArrayBufferLike =>
  isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
