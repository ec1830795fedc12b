import type { NeighborHeap } from '../array/neighbor-heap.ts';
import { fromSquared, type Metric } from '../distance/metric.ts';

/** A neighbor graph: n × k, row-major, nearest first, the point itself excluded. */
export interface Neighbors {
  readonly k: number;
  readonly indices: Int32Array;
  /** In the metric asked for: Euclidean, or 1 − cos. */
  readonly distances: Float32Array;
}

export function toNeighbors(sorted: NeighborHeap, metric: Metric): Neighbors {
  const distances = new Float32Array(sorted.distances.length);
  for (let i = 0; i < distances.length; i++)
    distances[i] = fromSquared(sorted.distances[i]!, metric);
  return { k: sorted.k, indices: unshared(sorted.indices), distances };
}

/** A copy of the array in unshared memory. */
function unshared(array: Int32Array): Int32Array {
  return array.buffer instanceof ArrayBuffer ? array : array.slice();
}
