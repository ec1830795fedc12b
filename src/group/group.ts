import type { Grouping, NoiseReason, PointCluster } from '../contract/grouping.ts';
import { centroids, nearestCentroids, withinOrder } from './centroid.ts';
import { clusterDensity } from './density.ts';
import type { FoundCluster, GroupInput, GroupOptions } from './group-input.ts';
import { mapOf } from './map.ts';
import { clusterMeans } from './means.ts';
import { type Partition, partitionRows } from './partition.ts';
import { silhouettes } from './silhouettes.ts';

/** Vectors to clusters with quality and a 2-D map. Same input and seed, same bytes. */
export function group(input: GroupInput, options: GroupOptions): Grouping {
  const n = input.vectors.length / Math.max(1, input.dimensions);
  const partitions = partitionRows(input, n);
  options.progress?.('group', 0, n);
  const found = partitions.flatMap((partition) => clusterPartition(input, partition, options));
  const clusters = found.toSorted(
    (a, b) => b.rows.length - a.rows.length || a.rows[0]! - b.rows[0]!,
  );
  const labels = new Int32Array(n).fill(-1);
  const membership = new Float32Array(n);
  for (const [label, { rows, membership: firmness }] of clusters.entries())
    for (const [position, row] of rows.entries()) {
      labels[row] = label;
      membership[row] = firmness[position]!;
    }
  const centres = centroids(input, labels, clusters.length);
  const nearest = nearestCentroids(centres, input.dimensions);
  const silhouette = silhouettes(input, labels, clusters.length, options.seed);
  options.progress?.('group', Math.floor(n / 2), n);
  const map = mapOf(input, options.seed);
  options.progress?.('group', n, n);
  return {
    labels,
    membership,
    map,
    noise: noiseReasons(input, labels, partitions, options.minClusterSize),
    clusters: clusters.map(
      ({ rows, persistence }, label): PointCluster => ({
        members: withinOrder(input, rows, centres, label, membership),
        persistence,
        silhouette: silhouette[label] ?? null,
        stability: null,
        nearest: nearest[label] ?? null,
      }),
    ),
  };
}

function clusterPartition(
  input: GroupInput,
  { rows }: Partition,
  options: GroupOptions,
): FoundCluster[] {
  if (rows.length < options.minClusterSize) return [];
  switch (options.algorithm) {
    case 'hdbscan':
      return clusterDensity(input, rows, options);
    case 'kmeans':
      return clusterMeans(input, rows, options);
  }
}

function noiseReasons(
  input: GroupInput,
  labels: Int32Array,
  partitions: readonly Partition[],
  minClusterSize: number,
): (NoiseReason | null)[] {
  const reasons: (NoiseReason | null)[] = Array.from(labels, () => null);
  for (const { rows } of partitions)
    for (const row of rows)
      if (labels[row] === -1)
        reasons[row] = rows.length < minClusterSize ? 'too few like it' : 'between clusters';
  for (let row = 0; row < labels.length; row += 1)
    if (labels[row] === -1 && isEmpty(input, row)) reasons[row] = 'no text in this view';
  return reasons;
}

const isEmpty = ({ vectors, dimensions }: GroupInput, row: number): boolean => {
  for (let column = row * dimensions; column < (row + 1) * dimensions; column += 1)
    if (vectors[column] !== 0) return false;
  return true;
};
