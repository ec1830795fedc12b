import { kmeans, kmeansBySilhouette } from '../numeric/numeric.ts';
import type { FoundCluster, GroupInput, GroupOptions } from './group-input.ts';
import { gather } from './partition.ts';

const MOST_CLUSTERS = 24;

/** k-means within one partition, k given or chosen by silhouette. Every row gets a cluster; membership is 1. */
export function clusterMeans(
  input: GroupInput,
  rows: readonly number[],
  { clusters, minClusterSize, seed }: GroupOptions,
): FoundCluster[] {
  const points = gather(input, rows);
  const { dimensions } = input;
  const most = Math.min(MOST_CLUSTERS, Math.floor(rows.length / minClusterSize), rows.length - 1);
  const labels =
    clusters !== null
      ? kmeans(points, { dimensions, k: Math.min(clusters, rows.length), seed }).labels
      : most < 2
        ? new Int32Array(rows.length)
        : kmeansBySilhouette(points, { dimensions, minK: 2, maxK: most, seed }).labels;
  return [
    ...Map.groupBy(
      rows.map((row, position) => ({ row, label: labels[position]! })),
      ({ label }) => label,
    ),
  ]
    .sort(([a], [b]) => a - b)
    .map(([, members]) => ({
      rows: members.map(({ row }) => row),
      membership: members.map(() => 1),
      persistence: null,
    }));
}
