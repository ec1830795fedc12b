import { kmeans, kmeansBySilhouette } from '../numeric/numeric.ts';
import { perGranularity } from './granularities.ts';
import type { FoundLevels, GroupInput, GroupOptions } from './group-input.ts';
import { gather } from './rows.ts';
import { type Division, stabilities } from './stability.ts';

const MOST_CLUSTERS = 24;
/** A silhouette below this shows no substantial structure (Kaufman and Rousseeuw 1990, table 4). */
const WEAK_STRUCTURE = 0.25;

/** Clusters with k-means, with k given or chosen by silhouette. Every row gets a cluster with membership 1. One level only. */
export function clusterMeans(
  input: GroupInput,
  rows: readonly number[],
  { clusters, minClusterSize, seed }: GroupOptions,
): FoundLevels {
  const points = gather(input, rows);
  const { dimensions } = input;
  const labels =
    clusters === null
      ? chosenLabels(points, dimensions, rows.length, minClusterSize, seed)
      : kmeans(points, { dimensions, k: Math.min(clusters, rows.length), seed }).labels;
  const found = rowsByLabel(rows, labels);
  const k = found.medium.length;
  const stability = stabilities(rows, found, seed, (drawn) =>
    rowsByLabel(
      drawn,
      kmeans(gather(input, drawn), { dimensions, k: Math.min(k, drawn.length), seed }).labels,
    ),
  ).medium;
  const level = found.medium.map((members, index) => ({
    rows: members,
    membership: members.map(() => 1),
    persistence: null,
    stability: stability[index] ?? null,
    cause: null,
    leftover: null,
  }));
  return perGranularity(() => level);
}

function rowsByLabel(rows: readonly number[], labels: Int32Array): Division {
  const level = [...Map.groupBy(rows.keys(), (position) => labels[position]!)]
    .sort(([a], [b]) => a - b)
    .map(([, positions]) => positions.map((position) => rows[position]!));
  return perGranularity(() => level);
}

/** Chooses k by silhouette; one cluster if no k reaches `WEAK_STRUCTURE`. */
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
