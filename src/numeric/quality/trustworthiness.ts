import { createNeighborHeap, pushNeighbor } from '../array/neighbor-heap.ts';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { createDistanceBlock, type DistanceBlock } from '../wasm/distance-block.ts';

/**
 * Share of the neighbors in a layout that are neighbors in the space it came from, weighted by how far off the
 * others are (Venna and Kaski 2001): 1 − 2 / (m k (2n − 3k − 1)) × Σ max(0, rank − k) over `sample`'s m points.
 *
 * Cost: m × n distances in both spaces, those of the points in float32, 64 × 64 at a time. Deterministic. Precondition: 0 < k < n / 2.
 * Origin: scikit-learn 1.9.1 `trustworthiness` (with m = n). Equal distances by lower index.
 */
export function trustworthinessOf(
  points: Float32Array,
  dim: number,
  layout: Float32Array,
  layoutDim: number,
  n: number,
  k: number,
  sample: Int32Array,
): number {
  const block = createDistanceBlock(points, n, dim, TILE, k);
  let penalty = 0;
  for (let first = 0; first < sample.length; first += TILE) {
    const shown = Array.from(sample.subarray(first, first + TILE), (point) =>
      shownNeighbors(block, layout, layoutDim, n, k, point),
    );
    countNearer(block, shown, n);
    for (const { nearer } of shown) {
      let rank = 1;
      for (const count of nearer) {
        rank += count;
        penalty += Math.max(0, rank - k);
      }
    }
  }
  return 1 - (penalty * 2) / (sample.length * k * (2 * n - 3 * k - 1));
}

interface ShownNeighbors {
  readonly point: number;
  /** The k nearest of the layout, by their distance in the points' own space. */
  readonly indices: Int32Array;
  readonly distances: Float32Array;
  /** At each place: points that are nearer than the neighbor there, but not nearer than the one before it. */
  readonly nearer: Int32Array;
}

function shownNeighbors(
  block: DistanceBlock,
  layout: Float32Array,
  layoutDim: number,
  n: number,
  k: number,
  point: number,
): ShownNeighbors {
  const heap = createNeighborHeap(1, k);
  for (let other = 0; other < n; other++) {
    if (other === point) continue;
    const squared = squaredEuclidean(layout, point, layout, other, layoutDim);
    if (squared <= heap.distances[0]!) pushNeighbor(heap, 0, other, squared);
  }
  block.b.set(heap.indices);
  block.row(point, k);
  const own = block.out.slice(0, k);
  const order = Array.from(own.keys()).sort(
    (a, b) => own[a]! - own[b]! || heap.indices[a]! - heap.indices[b]!,
  );
  return {
    point,
    indices: Int32Array.from(order, (at) => heap.indices[at]!),
    distances: Float32Array.from(order, (at) => own[at]!),
    nearer: new Int32Array(k),
  };
}

function countNearer(block: DistanceBlock, shown: readonly ShownNeighbors[], n: number): void {
  for (let left = 0; left < n; left += TILE) {
    const count = Math.min(TILE, n - left);
    shown.forEach(({ point }, i) => {
      block.a[i] = point;
    });
    for (let j = 0; j < count; j++) block.b[j] = left + j;
    const width = block.block(shown.length, count, false);
    shown.forEach(({ point, indices, distances, nearer }, i) => {
      const k = nearer.length;
      for (let j = 0; j < count; j++) {
        const distance = block.out[i * width + j]!;
        if (distance > distances[k - 1]! || left + j === point) continue;
        let low = 0;
        let high = k;
        while (low < high) {
          const middle = (low + high) >> 1;
          const limit = distances[middle]!;
          if (distance < limit || (distance === limit && left + j < indices[middle]!))
            high = middle;
          else low = middle + 1;
        }
        if (low < k) nearer[low]! += 1;
      }
    });
  }
}

const TILE = 64;
