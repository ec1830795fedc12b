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
  return Array.from(persistence, (life, label) => {
    const members = rows
      .map((row, position) => ({ row, position }))
      .filter(({ position }) => labels[position] === label);
    return {
      rows: members.map(({ row }) => row),
      membership: members.map(({ position }) => probabilities[position]!),
      persistence: life,
    };
  });
}
