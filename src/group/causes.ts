import { causeTree } from './cause-tree.ts';
import type { FoundCluster, GroupInput, GroupOptions } from './group-input.ts';

/** Known causes, grouped by their keys; membership is the cosine to the group's mean. */
export function clusterCauses(
  input: GroupInput,
  causes: readonly string[],
  rows: readonly number[],
  { minClusterSize }: GroupOptions,
): FoundCluster[] {
  return causeTree(causes, rows, minClusterSize)
    .filter((group) => group.rows.length >= minClusterSize)
    .map((group) => ({
      rows: group.rows,
      membership: cosinesToMean(input, group.rows),
      persistence: null,
    }));
}

/** Rows have length 1, so the cosine to the mean is their dot product over its length. */
function cosinesToMean({ vectors, dimensions }: GroupInput, rows: readonly number[]): number[] {
  const mean = new Float64Array(dimensions);
  for (const row of rows)
    for (let d = 0; d < dimensions; d += 1) mean[d]! += vectors[row * dimensions + d]!;
  const length = Math.sqrt(mean.reduce((sum, value) => sum + value * value, 0)) || 1;
  return rows.map((row) => {
    let dot = 0;
    for (let d = 0; d < dimensions; d += 1) dot += vectors[row * dimensions + d]! * mean[d]!;
    return Math.max(0, Math.min(1, dot / length));
  });
}
