import { hdbscan } from '../numeric/numeric.ts';
import type { FoundCluster, GroupInput, GroupOptions } from './group-input.ts';
import { gather } from './rows.ts';

/** HDBSCAN. One density throughout is one cluster. */
export function clusterDensity(
  input: GroupInput,
  rows: readonly number[],
  { minClusterSize }: GroupOptions,
): FoundCluster[] {
  const { labels, probabilities, persistence } = hdbscan(gather(input, rows), {
    dimensions: input.dimensions,
    metric: 'euclidean',
    minClusterSize,
    minSamples: Math.min(minClusterSize, 5),
    allowSingleCluster: true,
  });
  const places = Map.groupBy(rows.keys(), (place) => labels[place]!);
  return Array.from(persistence, (life, label) => {
    const members = places.get(label) ?? [];
    return {
      rows: members.map((place) => rows[place]!),
      membership: members.map((place) => probabilities[place]!),
      persistence: life,
    };
  });
}
