import { fromSquared, type Metric } from '../distance/metric.ts';
import { forEachPair } from '../wasm/for-each-pair.ts';

export interface Silhouette {
  /** Mean over the points in clusters; NaN with fewer than two clusters. */
  readonly mean: number;
  /** NaN for an empty cluster, and for one that the sample left out. */
  readonly perCluster: Float32Array;
  /** Per point; NaN for noise and for points outside the sample. */
  readonly perPoint: Float32Array;
}

/**
 * Silhouette (b − a) / max(a, b): a is the mean distance to the own cluster, b the least mean distance to another
 * (Rousseeuw 1987). A lone member scores 0. Noise is left out of everything.
 *
 * `members` are the sampled points of each cluster, `sizes` the full sizes, by which the mean is weighted.
 * Cost: m² / 2 distances in float32 for m sampled points, memory m × clusters. Deterministic.
 * Origin: scikit-learn 1.9.1 `silhouette_samples` (which counts noise as a cluster).
 */
export function silhouetteOf(
  points: Float32Array,
  n: number,
  dim: number,
  metric: Metric,
  members: readonly Int32Array[],
  sizes: readonly number[],
): Silhouette {
  const perPoint = new Float32Array(n).fill(Number.NaN);
  const perCluster = new Float32Array(members.length).fill(Number.NaN);
  const looked = [...members.keys()].filter((cluster) => members[cluster]!.length > 0);
  if (looked.length < 2) return { mean: Number.NaN, perCluster, perPoint };
  const counts = looked.map((cluster) => members[cluster]!.length);
  const sample = looked.flatMap((cluster, place) =>
    Array.from(members[cluster]!, (point) => ({ point, cluster: place })),
  );
  const sums = distanceSums(points, dim, metric, sample, looked.length);
  const clusterSums = new Float64Array(looked.length);
  sample.forEach(({ point, cluster }, at) => {
    const score = scoreOf(sums, at * looked.length, cluster, counts);
    perPoint[point] = score;
    clusterSums[cluster] = clusterSums[cluster]! + score;
  });
  let weighted = 0;
  let total = 0;
  looked.forEach((cluster, place) => {
    const mean = clusterSums[place]! / counts[place]!;
    perCluster[cluster] = mean;
    weighted += mean * sizes[cluster]!;
    total += sizes[cluster]!;
  });
  return { mean: weighted / total, perCluster, perPoint };
}

function distanceSums(
  points: Float32Array,
  dim: number,
  metric: Metric,
  sample: readonly { readonly point: number; readonly cluster: number }[],
  clusters: number,
): Float64Array {
  const sums = new Float64Array(sample.length * clusters);
  const rows = Int32Array.from(sample, ({ point }) => point);
  const clusterOf = Int32Array.from(sample, ({ cluster }) => cluster);
  forEachPair(points, dim, rows, (i, j, squared) => {
    const distance = fromSquared(squared, metric);
    const ofI = i * clusters + clusterOf[j]!;
    const ofJ = j * clusters + clusterOf[i]!;
    sums[ofI] = sums[ofI]! + distance;
    sums[ofJ] = sums[ofJ]! + distance;
  });
  return sums;
}

function scoreOf(
  sums: Float64Array,
  start: number,
  own: number,
  counts: readonly number[],
): number {
  const others = counts[own]! - 1;
  if (others === 0) return 0;
  const a = sums[start + own]! / others;
  let b = Number.POSITIVE_INFINITY;
  for (let cluster = 0; cluster < counts.length; cluster++)
    if (cluster !== own) b = Math.min(b, sums[start + cluster]! / counts[cluster]!);
  const most = Math.max(a, b);
  return most === 0 ? 0 : (b - a) / most;
}
