import { kmeans, kmeansBySilhouette } from '../numeric/numeric.ts';
import type { FoundCluster, GroupInput, GroupOptions } from './group-input.ts';
import { gather } from './rows.ts';

const MOST_CLUSTERS = 24;
/** Below it no substantial structure was found (Kaufman and Rousseeuw 1990, table 4). */
const WEAK_STRUCTURE = 0.25;

/** k-means, k given or chosen by silhouette. Every row gets a cluster; membership is 1. */
export function clusterMeans(
  input: GroupInput,
  rows: readonly number[],
  { clusters, minClusterSize, seed }: GroupOptions,
): FoundCluster[] {
  const points = gather(input, rows);
  const { dimensions } = input;
  const labels =
    clusters === null
      ? chosenLabels(points, dimensions, rows.length, minClusterSize, seed)
      : kmeans(points, { dimensions, k: Math.min(clusters, rows.length), seed }).labels;
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

/** k by silhouette; one cluster when no k reaches what counts as weak structure. */
function chosenLabels(
  points: Float32Array,
  dimensions: number,
  n: number,
  minClusterSize: number,
  seed: number,
): Int32Array {
  const maxK = Math.min(MOST_CLUSTERS, Math.floor(n / minClusterSize), n - 1);
  if (maxK < 2) return new Int32Array(n);
  const { labels, k, silhouettes } = kmeansBySilhouette(points, {
    dimensions,
    minK: 2,
    maxK,
    seed,
  });
  const best = silhouettes.find((tried) => tried.k === k)?.silhouette ?? 0;
  return best < WEAK_STRUCTURE ? new Int32Array(n) : labels;
}
