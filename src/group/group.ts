import type { Grouping, NoiseReason, PointCluster } from '../contract/grouping.ts';
import { clusterCauses } from './causes.ts';
import { centroids, nearestCentroids, withinOrder } from './centroid.ts';
import { clusterDensity } from './density.ts';
import type { FoundCluster, GroupInput, GroupOptions } from './group-input.ts';
import { mapOf } from './map.ts';
import { clusterMeans } from './means.ts';
import { isEmpty } from './rows.ts';
import { silhouettes } from './silhouettes.ts';

/** Vectors to clusters with quality and a 2-D map. Same input and seed, same bytes. */
export function group(input: GroupInput, options: GroupOptions): Grouping {
  const n = input.vectors.length / Math.max(1, input.dimensions);
  options.progress?.('group', 0, n);
  const rows = Array.from({ length: n }, (_, row) => row).filter((row) => !isEmpty(input, row));
  const { causes } = input;
  const known = causes === null ? [] : rows.filter((row) => causes[row] !== '');
  const others = causes === null ? rows : rows.filter((row) => causes[row] === '');
  const found = [
    ...(causes === null ? [] : clusterCauses(input, causes, known, options)),
    ...clusterByDistance(input, others, options),
  ];
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
    noise: noiseReasons(input, labels, others.length >= options.minClusterSize),
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

function clusterByDistance(
  input: GroupInput,
  rows: readonly number[],
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

/** Known causes are noise when they are rare; compared rows when they lie between clusters. */
function noiseReasons(
  input: GroupInput,
  labels: Int32Array,
  compared: boolean,
): (NoiseReason | null)[] {
  return Array.from(labels, (label, row) => {
    if (label !== -1) return null;
    if (isEmpty(input, row)) return 'no text in this view';
    const known = input.causes !== null && input.causes[row] !== '';
    return known || !compared ? 'too few like it' : 'between clusters';
  });
}
