import { floatSquaredEuclidean } from '../distance/float-squared-euclidean.ts';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { blockError } from './distance-block.ts';
import { loadModule } from './load-module.ts';
import { NEAREST_CENTROID_BYTES } from './nearest-centroid-bytes.ts';
import { CANDIDATES, centroidLayout, type PlacedCentroids } from './placed-centroids.ts';
import { SHARED_NEAREST_CENTROID_BYTES } from './shared-nearest-centroid-bytes.ts';

/**
 * The nearest centroid of each row of placed points. Rows are independent, so any division between threads gives the same bytes.
 *
 * Bodies: WebAssembly SIMD and an equivalent TypeScript version, which agree to the bit: squared distances of candidates are float32 sums in one order;
 * labels are decided in double precision wherever float32 could be wrong. At 256 columns a distance takes 22 ns in a full round.
 */
export interface CentroidKernel {
  /** Squared distances of rows `from` … `to` − 1 to the first `CANDIDATES` centroids, into `table`. */
  readonly candidates: (from: number, to: number) => void;
  /**
   * Moves rows to their nearest centroid; returns how many changed. Among equally near ones, the present one stays; otherwise the lowest wins.
   * `isFirst` discards what earlier rounds found out.
   */
  readonly assign: (from: number, to: number, isFirst: boolean) => number;
}

/** The fastest body this host has. No two threads may hold the same part at once. */
export function openCentroidKernel(placed: PlacedCentroids, part: number): CentroidKernel {
  return openWasmCentroidKernel(placed, part) ?? openPlainCentroidKernel(placed);
}

export function openPlainCentroidKernel(placed: PlacedCentroids): CentroidKernel {
  const { stride, rows, centroids, labels, table, dim, k } = placed;
  const compact = stride === dim;
  const distance = (row: number, centroid: number): number =>
    squaredEuclidean(
      compact ? rows : rows.subarray(row * stride, row * stride + dim),
      compact ? row : 0,
      compact ? centroids : centroids.subarray(centroid * stride, centroid * stride + dim),
      compact ? centroid : 0,
      dim,
    );
  return {
    candidates(from, to) {
      for (let row = from; row < to; row++)
        for (let c = 0; c < CANDIDATES; c++)
          table[row * CANDIDATES + c] = floatSquaredEuclidean(rows, row, centroids, c, stride);
    },
    assign(from, to) {
      let changed = 0;
      for (let row = from; row < to; row++) {
        const own = labels[row]!;
        let label = own;
        let least = distance(row, own);
        for (let centroid = 0; centroid < k; centroid++) {
          const squared = distance(row, centroid);
          if (squared > least || (squared === least && (label === own || centroid > label)))
            continue;
          least = squared;
          label = centroid;
        }
        if (label === own) continue;
        labels[row] = label;
        changed++;
      }
      return changed;
    },
  };
}

interface Exports {
  distances(
    rows: number,
    bytes: number,
    count: number,
    centroids: number,
    width: number,
    out: number,
  ): void;
  assign(...places: number[]): number;
  settle(...places: number[]): number;
}

/** `null` where there is no WebAssembly SIMD or the points are not in its memory. */
export function openWasmCentroidKernel(
  placed: PlacedCentroids,
  part: number,
): CentroidKernel | null {
  const { memory, stride, width, dim, k, hasBounds } = placed;
  const exports =
    memory && loadModule<Exports>(memory, NEAREST_CENTROID_BYTES, SHARED_NEAREST_CENTROID_BYTES);
  if (!exports) return null;
  const at = centroidLayout(placed);
  const ids = at.scratch + part * at.scratchBytes;
  const out = ids + (width + 4) * 4;
  const bytes = stride * 4;
  const error = blockError(dim);
  return {
    candidates(from, to) {
      const table = at.table + from * CANDIDATES * 4;
      exports.distances(from * bytes, bytes, to - from, at.centroids, CANDIDATES, table);
    },
    assign(from, to, isFirst) {
      const rows = [from * bytes, bytes, dim, to - from, at.centroids] as const;
      const lower = hasBounds ? at.table + from * width * 4 : 0;
      const bounds = [at.labels + from * 4, at.upper + from * 8, lower, at.moved, at.movedFloat];
      return isFirst || !hasBounds
        ? exports.assign(...rows, k, width, at.identity, out, error, ...bounds)
        : exports.settle(...rows, width, ids, out, error, ...bounds);
    },
  };
}
